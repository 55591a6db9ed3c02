import Testing

/// An MCP server of a Python SDK that speaks HTTP itself.
struct HTTPServer: CustomTestStringConvertible {
    let interpreter: Python.Interpreter
    let options: [String]

    init(_ interpreter: Python.Interpreter, _ options: [String] = []) {
        self.interpreter = interpreter
        self.options = options
    }

    /// Where a fleet file would say it is; a local fleet gives each replica's server a port of its own.
    var url: String { "http://127.0.0.1:9000/mcp" }

    var command: [String] {
        [interpreter.path, BuiltPrograms.fixture("http_server.py"), "--port", "9000"] + options
    }

    var isStateless: Bool { options.contains("--stateless") }
    /// Whether it can send anything before an answer.
    var canSpeakFirst: Bool { options.isEmpty }

    var testDescription: String { ([interpreter.rawValue] + options).joined(separator: " ") }

    static let all: [HTTPServer] = [Python.Interpreter.mcp1, .mcp2].flatMap { interpreter in
        [[], ["--json"], ["--stateless"], ["--stateless", "--json"]].map { HTTPServer(interpreter, $0) }
    }
}
