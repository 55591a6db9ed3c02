import MCPWire
import NIOHTTP1

/// What a modern request has to satisfy before it is served, checked in the order that the specification and its SDKs
/// agree on (MCP 2026-07-28, basic/index and Streamable HTTP): the envelope is there, the headers say what the body
/// says, the revision is served. Whether the method exists comes last and is the server's to say.
enum ModernLadder {
    private static let routingFields = [Era.versionField, "mcp-method", "mcp-name"]

    /// Methods of older revisions that this one removed.
    private static let removed: Set = [
        "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "tasks/list",
        "tasks/result",
    ]

    static func climb(_ message: ScannedMessage, _ headers: HTTPHeaders) throws(Refusal) -> ModernRequest {
        let request: ModernRequest
        do throws(ModernRequest.Refusal) {
            request = try ModernRequest(message)
        } catch {
            switch error {
            case .envelope(let keys): throw .envelopeIncomplete(keys)
            }
        }
        try compare(request, with: headers)
        guard ProtocolRevision(rawValue: request.protocolVersion)?.isModern == true else {
            throw .unsupportedRevision(request.protocolVersion)
        }
        if removed.contains(request.method) { throw .unknownMethod(request.method) }
        return request
    }

    private static func compare(_ request: ModernRequest, with headers: HTTPHeaders) throws(Refusal) {
        // Of two values one reader takes the first and another the last.
        if let field = routingFields.first(where: { headers[$0].count > 1 }) {
            throw .headerMismatch("The header \(field) is given more than once.")
        }
        guard says(headers.trimmed(Era.versionField), request.protocolVersion) else {
            throw .headerMismatch(
                "MCP-Protocol-Version differs from the protocol version in params._meta, or is missing.")
        }
        guard says(headers.trimmed("mcp-method"), request.method) else {
            throw .headerMismatch("Mcp-Method differs from the method of the body, or is missing.")
        }
        guard let parameter = ModernRequest.mirroredParameters[request.method], let name = request.name else { return }
        guard says(headers.trimmed("mcp-name").flatMap(MirroredValue.decode), name) else {
            throw .headerMismatch("Mcp-Name differs from params.\(parameter), or is missing.")
        }
    }

    private static func says(_ field: String?, _ value: String) -> Bool { field?.isSpelled(as: value) == true }
}

extension HTTPHeaders {
    /// A field's first value without the blanks around it, which are no part of it (RFC 9110, 5.5).
    func trimmed(_ name: String) -> String? {
        guard let value = first(name: name) else { return nil }
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let text = value.utf8
        // Whoever read the field off the wire has trimmed it.
        guard text.first.map(isBlank) == true || text.last.map(isBlank) == true else { return value }
        guard let start = text.firstIndex(where: { !isBlank($0) }) else { return "" }
        return String(value[start...(text.lastIndex { !isBlank($0) } ?? start)])
    }
}
