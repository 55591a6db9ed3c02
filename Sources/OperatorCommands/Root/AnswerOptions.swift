import ArgumentParser
import TerminalView

/// The options of every verb that answers.
package struct AnswerOptions: ParsableArguments {
    @Flag(help: "Answer with one JSON document.")
    package var json = false

    package init() {}

    package var format: OutputFormat { json ? .json : .text }
}
