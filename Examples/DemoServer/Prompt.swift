/// The params of `sampling/createMessage`: the question as the only message.
struct Prompt: Encodable {
    let messages: [Message]
    let maxTokens = 500

    struct Message: Encodable {
        let role = "user"
        let content: ToolResult.Text
    }

    init(_ question: String) {
        messages = [Message(content: ToolResult.Text(text: question))]
    }
}
