import ArgumentParser
import TerminalView

/// A verb of `slipway`: parsed by argument-parser, and run with the effects it is handed.
///
/// Handing the effects over, rather than keeping them in a task-local or a global, lets the compiler see that
/// no verb runs without them.
package protocol OperatorCommand: ParsableCommand {
    /// How the answer, and any problem, is written.
    var format: OutputFormat { get }

    /// Does the work. Throws a `Problem` or `Problems`; `Root` renders them.
    func run(_ effects: Effects) async throws -> Outcome
}

extension OperatorCommand {
    package var format: OutputFormat { .text }
}
