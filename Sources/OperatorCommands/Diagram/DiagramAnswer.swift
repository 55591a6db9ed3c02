import TerminalView

/// A drawn fleet.
struct DiagramAnswer: Answer {
    let mermaid: String

    func text(ink: Ink) -> String { mermaid }
}
