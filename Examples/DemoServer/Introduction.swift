/// What the client says of itself in `initialize`.
struct Introduction: Decodable, Sendable {
    let protocolVersion: String
    let capabilities: Capabilities?

    /// What the client can be asked. Only whether a member is there matters, not what it holds.
    struct Capabilities: Decodable, Sendable {
        let elicitation: Presence?
        let sampling: Presence?
    }

    /// An object whose members do not matter here.
    struct Presence: Decodable, Sendable {}

    /// The revisions this server speaks, newest first.
    private static let revisions = ["2025-11-25", "2025-06-18", "2025-03-26"]

    /// The revision both sides will speak: the client's where this server knows it, else this server's newest
    /// (MCP 2025-11-25, Lifecycle, Version Negotiation).
    var revision: String {
        Self.revisions.first { $0 == protocolVersion } ?? Self.revisions[0]
    }
}
