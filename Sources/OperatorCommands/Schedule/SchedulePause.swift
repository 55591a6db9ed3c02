import ArgumentParser
import FleetModel
import TerminalView

/// `slipway schedule pause`.
struct SchedulePause: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Hold the schedule off until it is resumed.",
        discussion:
            "What stands now stays, whatever the hours say. Both kinds of schedule look at it: the tasks' and the load balancer's."
    )

    @OptionGroup var change: ChangeOptions

    var format: OutputFormat { change.options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        try await effects.tell(ScheduleHold(isPaused: true, change: change).run(effects), as: format)
    }
}
