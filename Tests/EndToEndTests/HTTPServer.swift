import Testing

/// An MCP server that speaks HTTP itself.
struct HTTPServer: CustomTestStringConvertible {
    let command: [String]
    let testDescription: String
    let isStateless: Bool
    /// Whether it can send anything before an answer.
    let canSpeakFirst: Bool

    /// Where a fleet file would say it is; a local fleet gives each replica's server a port of its own.
    var url: String { "http://127.0.0.1:9000/mcp" }

    /// The server of a Python SDK.
    init(_ interpreter: Python.Interpreter, _ options: [String] = []) {
        command = [interpreter.path, BuiltPrograms.fixture("http_server.py"), "--port", "9000"] + options
        testDescription = ([interpreter.rawValue] + options).joined(separator: " ")
        isStateless = options.contains("--stateless")
        canSpeakFirst = options.isEmpty
    }

    private init(command: [String]) {
        self.command = command
        testDescription = "native"
        isStateless = false
        canSpeakFirst = true
    }

    static let all: [HTTPServer] = [Python.Interpreter.mcp1, .mcp2].flatMap { interpreter in
        [[], ["--json"], ["--stateless"], ["--stateless", "--json"]].map { HTTPServer(interpreter, $0) }
    }

    /// One that costs little and starts at once: another gateway, with sessions of its own, before the demo server.
    static let native = HTTPServer(
        command: [BuiltPrograms.gateway, "--port", "9000", "--log-level", "warning", "--", BuiltPrograms.demoServer]
    )
}
