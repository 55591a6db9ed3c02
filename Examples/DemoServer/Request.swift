/// The requests this server answers, with their params.
enum Request {
    case initialize(Introduction)
    case ping
    case listTools
    case callTool(ToolCall)

    /// Throws a `Refusal` or a `DecodingError` that says what is wrong with the params.
    init(_ method: String, in fields: KeyedDecodingContainer<Message.Key>) throws {
        switch method {
        case "initialize": self = .initialize(try fields.decode(Introduction.self, forKey: .params))
        case "ping": self = .ping
        case "tools/list": self = .listTools
        case "tools/call": self = .callTool(try fields.decode(ToolCall.self, forKey: .params))
        default: throw Refusal.unknownMethod(method)
        }
    }
}
