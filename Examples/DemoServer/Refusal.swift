/// A JSON-RPC error: what this server answers to a message it cannot serve.
struct Refusal: Error, Codable {
    let code: Int
    let message: String

    static let notJSON = Refusal(code: -32_700, message: "This line is not JSON.")
    static let notAMessage = Refusal(code: -32_600, message: "This is not a single JSON-RPC request or notification.")
    static let notInitialized = Refusal(code: -32_600, message: "Send initialize first.")

    static func unknownMethod(_ method: String) -> Refusal {
        Refusal(code: -32_601, message: "There is no method '\(method)' here.")
    }

    static func badParams(_ reason: String) -> Refusal {
        Refusal(code: -32_602, message: reason)
    }

    /// Says which field of the params is missing or wrong.
    static func badParams(_ error: DecodingError) -> Refusal {
        switch error {
        case .keyNotFound(let key, let context):
            badParams("'\(path(context.codingPath + [key]))' is missing.")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            badParams("'\(path(context.codingPath))' has the wrong type.")
        @unknown default:
            badParams("The params cannot be read.")
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map(\.stringValue).joined(separator: ".")
    }
}
