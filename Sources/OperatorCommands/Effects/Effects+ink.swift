import TerminalView

extension Effects {
    /// Colour for stdout, if it is a terminal that wants it.
    package var outInk: Ink { Ink(isTerminal: console.isOutTerminal(), environment: environment()) }

    /// Colour for stderr, if it is a terminal that wants it.
    package var errInk: Ink { Ink(isTerminal: console.isErrTerminal(), environment: environment()) }

    /// Writes a command's answer to stdout.
    package func answer(_ answer: some Answer, as format: OutputFormat) {
        console.out(answer.rendered(as: format, ink: outInk))
    }
}
