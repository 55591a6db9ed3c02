import ArgumentParser
import FleetModel
import TerminalView

/// `slipway schedule down`: as at the end of the hours.
struct ScheduleDown: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "down",
        abstract: "Take every region down, as the schedule does at the end of its hours.",
        discussion: """
            Starts the same machine that the clock starts, where the schedule owns the load balancer, and waits for it: \
            about four minutes. Else sets no tasks. Paused or not.
            """
    )

    @OptionGroup var change: ChangeOptions

    @OptionGroup var waiting: WaitOptions

    var format: OutputFormat { change.options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        try await effects.tell(ScheduleMove(phase: .down, change: change, waiting: waiting).run(effects), as: format)
    }
}
