import FleetModel

/// What the schedule makes of a number of tasks that an operator set.
struct ScheduleForecast {
    private let schedule: Schedule
    private let now: Int

    init(_ fleet: Fleet, now: Int) {
        schedule = fleet.schedule
        self.now = now
    }

    /// nil where the schedule has nothing to say, or says the same.
    func words(after range: ClosedRange<Int>, isPaused: Bool, in region: Region) -> String? {
        guard schedule.isWeekendOnly else { return nil }
        guard !isPaused else { return "The schedule is paused: it leaves this alone until slipway schedule resume." }
        guard let clock = ScheduleClock(schedule) else {
            return "The schedule says its word again at the next full hour. Hold it off with: slipway schedule pause"
        }
        let next = clock.nextWord(after: now)
        let then = region.task.range(when: next.phase)
        guard then != range else { return nil }
        return "The schedule says its word again at \(Self.when(next, schedule)): \(then.inWords) tasks. Hold it off "
            + "with: slipway schedule pause"
    }

    /// `Sat 2026-11-28 06:00 Europe/Berlin (Sat 2026-11-28 05:00 UTC)`
    static func when(_ moment: ScheduleMoment, _ schedule: Schedule) -> String {
        let local = "\(moment.local) \(schedule.timezone)"
        return moment.local == moment.utc ? local : "\(local) (\(moment.utc) UTC)"
    }
}
