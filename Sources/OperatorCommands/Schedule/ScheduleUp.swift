import ArgumentParser
import FleetModel
import TerminalView

/// `slipway schedule up`: as at the beginning of the hours.
struct ScheduleUp: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Bring every region up, as the schedule does at the beginning of its hours.",
        discussion: """
            Starts the same machine that the clock starts, where the schedule owns the load balancer, and waits for it: \
            about five minutes. Else sets as many tasks as the schedule would. Paused or not.
            """
    )

    @OptionGroup var change: ChangeOptions

    @OptionGroup var waiting: WaitOptions

    var format: OutputFormat { change.options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        try await effects.tell(ScheduleMove(phase: .up, change: change, waiting: waiting).run(effects), as: format)
    }
}
