import AWSOperations
import FleetModel

/// Holds the schedule off in every region, or lets it go on.
struct ScheduleHold: Sendable {
    let isPaused: Bool
    let change: ChangeOptions

    func run(_ effects: Effects) async throws -> [RegionOutcome<RegionChange>] {
        let (fleet, chosen) = try change.options.chosen(effects)
        guard fleet.schedule.isWeekendOnly else { throw ScheduleVerbs.missing(in: change.options.file) }
        return try await effects.inEach(of: chosen) { [self] client, region throws(Problem) in
            let shelf = ScalableTargetShelf(client, fleet, region)
            let target = try await shelf.target()
            var answer = RegionChange(
                region: region.name, was: Self.word(target.isSchedulePaused), now: Self.word(isPaused),
                state: .unchanged)
            guard target.isSchedulePaused != isPaused else { return answer }
            if !change.dryRun { try await shelf.setSchedulePaused(isPaused, target) }
            answer.state = change.dryRun ? .wouldChange : .done
            answer.notes = [note(target, fleet, region, now: client.now)].compactMap { $0 }
            return answer
        }
    }

    private static func word(_ isPaused: Bool) -> String { isPaused ? "paused" : "on" }

    private func note(_ target: ScalableTarget, _ fleet: Fleet, _ region: Region, now: Int) -> String? {
        guard !isPaused else {
            return "A change of desired_count, max_count or enable_weekend_only ends a pause when it is applied."
        }
        guard let next = ScheduleClock(fleet.schedule)?.nextWord(after: now) else { return nil }
        return "The schedule says its word again at \(ScheduleForecast.when(next, fleet.schedule)): "
            + "\(region.task.range(when: next.phase).inWords) tasks."
    }
}
