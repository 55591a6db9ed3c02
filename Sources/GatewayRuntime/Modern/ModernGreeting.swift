import MCPWire

/// What the answer to `server/discover` says that the gateway goes by.
struct ModernGreeting: Equatable {
    /// Whether the server has tools, and so can be asked for them.
    let offersTools: Bool
    /// The lists whose changes it tells of; `nil` for none.
    let announces: SubscriptionFilter?

    private static let lists = ["tools", "prompts", "resources"]

    /// - Parameter answer: the server's result of `server/discover`. What it does not say, the server does not have.
    init(_ answer: ScannedMessage) {
        let text = answer.bytes
        let offered = JSONObject(in: text)?.object("result", in: text)?.object("capabilities", in: text)
        offersTools = offered?["tools"] != nil
        let announced = Self.lists.filter { list in
            let detail = offered?.object(list, in: text)?["listChanged"]
            return detail.map { text.json(at: $0) } == "true"
        }
        announces = announced.isEmpty ? nil : SubscriptionFilter(lists: Set(announced), resources: [])
    }
}
