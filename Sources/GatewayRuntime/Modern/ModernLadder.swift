import HTTPTransport
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
        guard says(headers.value(Era.versionField), request.protocolVersion) else {
            throw .headerMismatch(
                "MCP-Protocol-Version differs from the protocol version in params._meta, or is missing.")
        }
        guard says(headers.value("mcp-method"), request.method) else {
            throw .headerMismatch("Mcp-Method differs from the method of the body, or is missing.")
        }
        guard let parameter = ModernRequest.mirroredParameters[request.method], let name = request.name else { return }
        guard says(headers.value("mcp-name").flatMap(MirroredValue.decode), name) else {
            throw .headerMismatch("Mcp-Name differs from params.\(parameter), or is missing.")
        }
    }

    private static func says(_ field: String?, _ value: String) -> Bool { field?.isSpelled(as: value) == true }
}
