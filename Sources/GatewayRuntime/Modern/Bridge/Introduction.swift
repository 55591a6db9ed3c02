import MCPWire
import NIOCore

/// How a freshly started stdio server is greeted, and what its answers say of the revision it speaks.
///
/// A server whose era is not known is asked both ways at once: `server/discover`, then `initialize`. No server has to
/// stay silent for a while before it is believed to be of the other era.
struct Introduction: Equatable {
    enum Outcome: Equatable {
        /// It answers `server/discover`.
        case modern(ModernGreeting)
        /// It was initialized.
        case legacy(LegacyGreeting)
        /// It answered `initialize` with an error. That may be what the client declares, and is no crash: one client
        /// must not have the server taken for broken.
        case refused
        /// `reason` completes "the server …".
        case failed(String)
    }

    /// What completes "the server …" for those whom it refused.
    static let refusal = "refused to be initialized"

    /// Whether the server's era is asked for.
    let probes: Bool
    private let capabilities: String
    private var discovery: Discovery?
    private var greeting: LegacyGreeting?
    private var refused = false

    private enum Discovery: Equatable {
        case answered(ModernGreeting)
        case refused
    }

    private static let discoverID = MessageID.text("slipway-discover")
    private static let initializeID = MessageID.text("slipway-initialize")

    /// - Parameter capabilities: what the client declares, an object as JSON.
    init(capabilities: String, probes: Bool) {
        self.capabilities = capabilities
        self.probes = probes
        discovery = probes ? nil : .refused
    }

    /// What to send at the start, line breaks included.
    var lines: [ByteBuffer] {
        let client = #"{"name":"slipway-gateway","version":"\#(GatewayVersion.current)"}"#
        let discover = """
            {"jsonrpc":"2.0","id":\(Self.discoverID.json),"method":"server/discover","params":{"_meta":{\
            "\(ModernRequest.MetaKey.protocolVersion)":"\(ProtocolRevision.july2026.rawValue)",\
            "\(ModernRequest.MetaKey.clientCapabilities)":\(capabilities),\
            "io.modelcontextprotocol/clientInfo":\(client)}}}\n
            """
        let initialize = """
            {"jsonrpc":"2.0","id":\(Self.initializeID.json),"method":"initialize","params":{\
            "protocolVersion":"\(ProtocolRevision.november2025.rawValue)","capabilities":\(capabilities),\
            "clientInfo":\(client)}}\n
            """
        return (probes ? [discover, initialize] : [initialize]).map(ByteBuffer.init(string:))
    }

    /// What follows a successful `initialize`.
    static let initialized = ByteBuffer(
        string: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"# + "\n"
    )

    /// Whether the server was initialized and might still say that it speaks the modern revision.
    var awaitsDiscovery: Bool { greeting != nil && discovery == nil }

    mutating func received(_ message: ScannedMessage) -> Outcome? {
        guard message.envelope.kind == .response else { return nil }
        switch message.envelope.id {
        case Self.discoverID: discovery = message.envelope.isError ? .refused : .answered(ModernGreeting(message))
        case Self.initializeID:
            greeting = message.envelope.isError ? nil : LegacyGreeting(message)
            refused = greeting == nil
        default: return nil
        }
        return outcome
    }

    /// The server was initialized and does not answer `server/discover`.
    mutating func discoveryTimedOut() -> Outcome? {
        discovery = discovery ?? .refused
        return outcome
    }

    private var outcome: Outcome? {
        switch (discovery, greeting) {
        case (.answered(let greeting)?, _): .modern(greeting)
        case (.refused?, let greeting?): .legacy(greeting)
        case (.refused?, nil) where refused: .refused
        default: nil
        }
    }
}
