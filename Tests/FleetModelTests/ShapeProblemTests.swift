import Testing

@testable import FleetModel

/// Values of another form than their setting's.
@Suite struct ShapeProblemTests {
    @Test(arguments: [
        (
            "server: { command: [[a]] }", Problem.Kind.wrongType, "server.command has an item that is not a word",
            "write a list, such as [first, second]"
        ),
        (
            "server: { command: [] }", .wrongType, "server.command is an empty list",
            "write a list, such as [first, second] or remove the line"
        ),
        (
            "server: { command: [x], image: 12 }", .wrongType,
            "server.image is a number or a switch to YAML, not a text", "put it in quotes: \"12\""
        ),
        (
            "server: { command: [x] }\ndefaults: { container_environment: [a] }", .wrongType,
            "defaults.container_environment is not a set of pairs",
            "write NAME: value pairs below it, each on its own line"
        ),
        (
            "server: { command: [x] }\ndefaults: { container_environment: { A: b, A: c } }", .duplicateKey,
            "defaults.container_environment has A twice", "keep one of the two"
        ),
        (
            "server: { command: [x] }\ndefaults: { container_environment: { A: [b] } }", .wrongType,
            "defaults.container_environment has no text for A", "write a value in quotes"
        ),
    ])
    func `a value of another form is one problem with its remedy`(
        _ text: String, _ kind: Problem.Kind, _ summary: String, _ hint: String
    ) {
        let problems = judge("project_name: my-mcp\n\(text)\nregions: { eu-west-1: {} }\n")
        #expect(problems?.all.map(\.summary) == [summary])
        #expect(problems?.all.map(\.hint) == [hint] && problems?.all.map(\.kind) == [kind])
    }
}
