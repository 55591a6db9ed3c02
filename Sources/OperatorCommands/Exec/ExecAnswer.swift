import TerminalView

/// The command that opens a shell.
struct ExecAnswer: Answer {
    let line: ExecLine
    let command: String

    init(_ line: ExecLine) {
        self.line = line
        command = line.text
    }

    func text(ink: Ink) -> String { command + "\n" }
}
