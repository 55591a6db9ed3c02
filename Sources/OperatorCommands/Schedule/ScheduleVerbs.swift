import ArgumentParser
import FleetModel

/// `slipway schedule`: the hours, and an operator's hand on them.
struct ScheduleVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Show the schedule, go up or down by hand, hold it off.",
        discussion: """
            The schedule says its word at every full hour, so what up and down do lasts until the next one. Pause it \
            first to make it last longer.
            """,
        subcommands: [ScheduleShow.self, ScheduleUp.self, ScheduleDown.self, SchedulePause.self, ScheduleResume.self]
    )
}

extension ScheduleVerbs {
    /// What a fleet without a schedule is told.
    static func missing(in file: String) -> Problem {
        Problem(
            .conflict, at: .file(file), "the fleet has no schedule",
            detail: "Nothing was changed.",
            hint: "set how many tasks run with: slipway scale; or write enable_weekend_only: true under schedule"
        )
    }
}
