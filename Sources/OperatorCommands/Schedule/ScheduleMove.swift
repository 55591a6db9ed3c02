import AWSOperations
import FleetModel

/// Brings regions to where the schedule would bring them, at an operator's word.
struct ScheduleMove: Sendable {
    let phase: SchedulePhase
    let change: ChangeOptions
    let waiting: WaitOptions

    func run(_ effects: Effects) async throws -> [RegionOutcome<RegionChange>] {
        let (fleet, chosen) = try change.options.chosen(effects)
        guard fleet.schedule.isWeekendOnly else { throw ScheduleVerbs.missing(in: change.options.file) }
        return try await effects.inEach(of: chosen) { [self] client, region throws(Problem) in
            try await move(client, fleet, region, effects)
        }
    }

    private func move(
        _ client: AWSClient,
        _ fleet: Fleet,
        _ region: Region,
        _ effects: Effects
    ) async throws(Problem) -> RegionChange {
        let shelf = ScalableTargetShelf(client, fleet, region)
        let target = try await shelf.target()
        let range = region.task.range(when: phase)
        var answer = RegionChange(
            region: region.name, was: target.range.inWords, now: range.inWords,
            state: change.dryRun ? .wouldChange : waiting.noWait ? .begun : .done)
        let forecast = ScheduleForecast(fleet, now: client.now)
        answer.notes = [forecast.words(after: range, isPaused: target.isSchedulePaused, in: region)].compactMap { $0 }
        guard !change.dryRun else { return answer }
        if fleet.edgeIsScheduled(in: region) {
            try await runMachine(EdgeMachine(client, fleet, region), region, effects)
        } else {
            try await shelf.set(range)
        }
        answer.tasks = try await effects.wait(
            for: .range(range), called: "the way \(phase.rawValue)", by: DeploymentWatch(client, fleet, region),
            in: region, waiting)
        return answer
    }

    private func runMachine(_ machine: EdgeMachine, _ region: Region, _ effects: Effects) async throws(Problem) {
        let execution = try await machine.start(phase)
        guard !waiting.noWait else { return }
        let console = effects.console
        try await effects.untilInterrupted("the way \(phase.rawValue)", in: region) { [self] () throws(Problem) in
            try await machine.follow(execution, phase, within: waiting.patience(EdgeMachine.patience)) { state in
                console.err("\(region.name): the edge is \(state.phase), its stack in \(state.stack)\n")
            }
        }
    }
}
