import MCPWire
import NIOCore

/// Requests of revision 2026-07-28 that the gateway itself makes.
enum OwnRequest {
    /// What the gateway says it is, as JSON.
    static let client = #"{"name":"slipway-gateway","version":"\#(GatewayVersion.current)"}"#

    /// A request as a line, its break included.
    ///
    /// - Parameters:
    ///   - params: members of `params` beside `_meta`, as JSON.
    ///   - capabilities: what the gateway declares, an object as JSON.
    static func line(
        _ method: String,
        _ params: String = "",
        id: MessageID,
        capabilities: String = "{}"
    ) -> ByteBuffer {
        let text = """
            {"jsonrpc":"2.0","id":\(id.json),"method":"\(method)","params":{"_meta":{\
            "\(ModernRequest.MetaKey.protocolVersion)":"\(ProtocolRevision.july2026.rawValue)",\
            "\(ModernRequest.MetaKey.clientCapabilities)":\(capabilities),\
            "io.modelcontextprotocol/clientInfo":\(client)}\(params.isEmpty ? "" : ",")\(params)}}\n
            """
        return ByteBuffer(string: text)
    }
}
