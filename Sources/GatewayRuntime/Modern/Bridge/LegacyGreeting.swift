import MCPWire
import NIOCore

/// What a server of an older revision says of itself when it is initialized, and what follows from it for modern
/// clients.
struct LegacyGreeting: Equatable {
    /// An object, as JSON, without what the modern revision removed.
    let capabilities: String
    /// An object, as JSON.
    let serverInfo: String
    /// A string, as JSON.
    private let instructions: String?

    /// Capabilities of older revisions that mean something else, or nothing, in revision 2026-07-28.
    private static let removed: Set = ["tasks"]

    /// - Parameter answer: the server's result of `initialize`; `nil` where it is none.
    init?(_ answer: ScannedMessage) {
        let text = answer.bytes
        guard let result = JSONObject(in: text)?.object("result", in: text) else { return nil }
        let offered = result.object("capabilities", in: text)?.members ?? []
        let kept = offered.filter { !Self.removed.contains($0.name) }
            .map { "\(JSONText.quoted($0.name)):\(text.json(at: $0.value))" }
        capabilities = "{\(kept.joined(separator: ","))}"
        serverInfo = result.object("serverInfo", in: text).map { text.json(at: $0.range) } ?? Self.unnamed
        instructions = result.string("instructions", in: text).map(JSONText.quoted)
    }

    private static let unnamed = #"{"name":"unnamed","version":"0"}"#

    /// Whether the server offers a capability, or one of its details, such as `subscribe` of `resources`.
    func offers(_ capability: String, _ detail: String? = nil) -> Bool {
        let text = ByteBuffer(string: capabilities)
        guard let all = JSONObject(in: text), all[capability] != nil else { return false }
        guard let detail else { return true }
        return all.object(capability, in: text)?[detail].map { text.json(at: $0) } == "true"
    }

    /// `_meta` of a result, its brackets excluded.
    var metaMember: String { "\(JSONText.quoted(ModernRequest.MetaKey.serverInfo)):\(serverInfo)" }

    /// The answer to `server/discover` (MCP 2026-07-28, server/discover).
    func discovery(for id: MessageID) -> ByteBuffer {
        ByteBuffer(
            string: """
                {"jsonrpc":"2.0","id":\(id.json),"result":{"resultType":"complete",\
                "supportedVersions":["\(ProtocolRevision.july2026.rawValue)"],"capabilities":\(capabilities),\
                \(instructions.map { #""instructions":\#($0),"# } ?? "")\(Self.freshness),"_meta":{\(metaMember)}}}
                """
        )
    }

    /// How long a result may be cached, and by whom. An older server says nothing of it: not at all.
    static let freshness = #""ttlMs":0,"cacheScope":"private""#
}
