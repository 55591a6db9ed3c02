/// What a tool answers: one text, or what went wrong in words the model can act on.
struct ToolResult: Encodable, Sendable {
    let content: [Text]
    let isError: Bool

    struct Text: Encodable, Sendable {
        let type = "text"
        let text: String
    }

    static func text(_ text: String) -> ToolResult {
        ToolResult(content: [Text(text: text)], isError: false)
    }

    static func failure(_ text: String) -> ToolResult {
        ToolResult(content: [Text(text: text)], isError: true)
    }
}
