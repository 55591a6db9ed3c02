import HTTPTransport
import MCPWire
import NIOHTTP1

/// Which of the protocol's two wires a POST speaks.
///
/// The body decides: a message that carries its protocol version in `params._meta` is modern, and the header only has
/// to agree (MCP 2026-07-28, Versioning; as the TypeScript SDK does it). A proxy that drops or adds the header then
/// causes an error that says so, and no request is served on the wrong wire.
enum Era: Equatable {
    /// Sessions: revisions 2025-03-26 to 2025-11-25.
    case legacy
    /// No sessions: revision 2026-07-28.
    case modern

    init(of posted: PostedMessages, headers: HTTPHeaders) throws(Refusal) {
        let (messages, isBatch) = (posted.messages, posted.isBatch)
        let named = headers.value(Self.versionField)
        let revision = named.flatMap(ProtocolRevision.init(rawValue:))
        let headerIsModern = revision?.isModern ?? false
        let bodyIsModern = messages.contains { $0.envelope.modernVersion != nil }
        if isBatch, headerIsModern || bodyIsModern { throw .eraMixed }
        if bodyIsModern {
            self = .modern
            return
        }
        guard headerIsModern, let message = messages.first else {
            if let named, revision == nil { throw .unsupportedVersion(named) }
            self = .legacy
            return
        }
        switch (message.envelope.kind, message.envelope.method) {
        case (.response, _): throw .invalid("a client sends no responses in this revision")
        case (.request, .initialize):
            throw .headerMismatch("initialize belongs to older revisions, MCP-Protocol-Version names a newer one.")
        case (.request, _):
            throw .envelopeIncomplete([
                ModernRequest.MetaKey.protocolVersion, ModernRequest.MetaKey.clientCapabilities,
            ])
        case (.notification, _): self = .modern
        }
    }

    /// The header that names the revision.
    static let versionField = "mcp-protocol-version"
}
