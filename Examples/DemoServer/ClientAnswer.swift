/// The client's answer to a request of this server: to a question, or to a wish for a message from its model.
struct ClientAnswer: Decodable, Sendable {
    /// What the `ask` tool shall say.
    let result: ToolResult

    private enum Key: String, CodingKey {
        case result, error
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        if let refusal = try fields.decodeIfPresent(Refusal.self, forKey: .error) {
            result = .failure("The client answered with an error: \(refusal.message)")
            return
        }
        let answer = try fields.decode(Answer.self, forKey: .result)
        result = answer.toolResult
    }

    /// The fields of `ElicitResult` and `CreateMessageResult` that matter here; which of them are there tells the two
    /// apart.
    private struct Answer: Decodable {
        let action: String?
        let content: Content?

        var toolResult: ToolResult {
            switch action {
            case "accept", nil: .text(content?.answer ?? content?.text ?? "")
            case let action?: .text("The question was not answered (\(action)).")
            }
        }
    }

    private struct Content: Decodable {
        let answer: String?
        let text: String?
    }
}
