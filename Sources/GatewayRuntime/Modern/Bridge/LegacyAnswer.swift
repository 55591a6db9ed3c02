import MCPWire
import NIOCore

/// A legacy server's answer, as a modern client has to see it: with the client's own id, and with what revision
/// 2026-07-28 requires of every result. Everything else passes unchanged.
enum LegacyAnswer {
    /// Methods whose results say how long they may be cached (MCP 2026-07-28, server/utilities/caching).
    private static let cacheable: Set = [
        "tools/list", "prompts/list", "resources/list", "resources/templates/list", "resources/read",
    ]

    /// Codes of older revisions that the modern one must not show, and what stands for them there.
    private static let replacedCodes = ["-32002": JSONRPCError.invalidParams, "-32042": JSONRPCError.internalError]

    static func modernized(
        _ answer: ScannedMessage,
        to id: MessageID,
        of method: String,
        by greeting: LegacyGreeting
    ) -> ByteBuffer {
        let text = answer.bytes
        guard let whole = JSONObject(in: text) else { return text }
        var edit = JSONEdit()
        if let range = whole["id"] { edit.replace(range, with: id.json.utf8) }
        if let code = whole.object("error", in: text)?["code"], let other = replacedCodes[text.json(at: code)] {
            edit.replace(code, with: "\(other)".utf8)
        }
        if let result = whole.object("result", in: text) { complete(result, in: text, of: method, by: greeting, &edit) }
        return edit.applied(to: text)
    }

    private static func complete(
        _ result: JSONObject,
        in text: ByteBuffer,
        of method: String,
        by greeting: LegacyGreeting,
        _ edit: inout JSONEdit
    ) {
        var members: [String] = []
        if result["resultType"] == nil { members.append(#""resultType":"complete""#) }
        if cacheable.contains(method), result["ttlMs"] == nil, result["cacheScope"] == nil {
            members.append(LegacyGreeting.freshness)
        }
        if result["_meta"] == nil {
            members.append(#""_meta":{\#(greeting.metaMember)}"#)
        } else if let meta = result.object("_meta", in: text), meta[ModernRequest.MetaKey.serverInfo] == nil {
            edit.insert(greeting.metaMember, into: meta)
        }
        if !members.isEmpty { edit.insert(members.joined(separator: ","), into: result) }
    }
}
