/// The params of `tools/call`.
struct ToolCall: Decodable, Sendable {
    let tool: Tool
    /// Set when the client wants to hear how the call is getting on.
    let progressToken: RequestID?

    /// A tool of this server with its arguments.
    enum Tool: Sendable {
        case echo(text: String)
        case count
        case slow(seconds: Double, steps: Int)
        case ask(question: String)
        case `where`
    }

    private enum Key: String, CodingKey {
        case name, arguments, meta = "_meta"
    }

    private enum Argument: String, CodingKey {
        case text, seconds, steps, question
    }

    private struct Meta: Decodable {
        let progressToken: RequestID?
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        progressToken = try fields.decodeIfPresent(Meta.self, forKey: .meta)?.progressToken
        switch try fields.decode(String.self, forKey: .name) {
        case "echo":
            tool = .echo(text: try Self.arguments(fields).decode(String.self, forKey: .text))
        case "count":
            tool = .count
        case "slow":
            tool = try Self.slow(Self.arguments(fields))
        case "ask":
            tool = .ask(question: try Self.arguments(fields).decode(String.self, forKey: .question))
        case "where":
            tool = .where
        case let name:
            throw Refusal.badParams("There is no tool '\(name)' here; tools/list names those there are.")
        }
    }

    private static func arguments(
        _ fields: KeyedDecodingContainer<Key>
    ) throws -> KeyedDecodingContainer<Argument> {
        try fields.nestedContainer(keyedBy: Argument.self, forKey: .arguments)
    }

    private static func slow(_ arguments: KeyedDecodingContainer<Argument>) throws -> Tool {
        let seconds = try arguments.decode(Double.self, forKey: .seconds)
        let steps = try arguments.decodeIfPresent(Int.self, forKey: .steps) ?? 1
        guard (0...3_600).contains(seconds), (1...1_000).contains(steps) else {
            throw Refusal.badParams("'seconds' goes from 0 to 3600 and 'steps' from 1 to 1000.")
        }
        return .slow(seconds: seconds, steps: steps)
    }
}
