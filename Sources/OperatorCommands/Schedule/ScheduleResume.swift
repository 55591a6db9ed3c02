import ArgumentParser
import FleetModel
import TerminalView

/// `slipway schedule resume`.
struct ScheduleResume: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let the schedule go on.",
        discussion: "It says its word at the next full hour."
    )

    @OptionGroup var change: ChangeOptions

    var format: OutputFormat { change.options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        try await effects.tell(ScheduleHold(isPaused: false, change: change).run(effects), as: format)
    }
}
