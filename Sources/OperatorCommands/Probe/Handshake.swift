import AWSOperations

/// What a client says first, in both eras of MCP.
enum Handshake {
    /// The newest revision with sessions.
    static let legacy = "2025-11-25"
    static let modern = "2026-07-28"
    /// The id of every request here.
    static let id = 1

    private static let client = #"{"name":"slipway-probe","version":"\#(Version.current)"}"#

    /// MCP 2025-11-25, Lifecycle.
    static let initialize = message(
        #""id":\#(id),"method":"initialize","params":{"protocolVersion":"\#(legacy)","capabilities":{},"clientInfo":"#
            + client + "}"
    )
    static let initialized = message(#""method":"notifications/initialized""#)

    /// MCP 2026-07-28, Discovery; the envelope is that of every request.
    static let discover = message(
        #""id":\#(id),"method":"server/discover","params":{"_meta":{"#
            + #""io.modelcontextprotocol/protocolVersion":"\#(modern)","#
            + #""io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":\#(client)}}"#
    )

    private static func message(_ fields: String) -> [UInt8] { Array(#"{"jsonrpc":"2.0",\#(fields)}"#.utf8) }

    static let posting = [
        WebRequest.Header("content-type", "application/json"),
        WebRequest.Header("accept", "application/json, text/event-stream"),
    ]
    static let discovering =
        posting + [
            WebRequest.Header("mcp-protocol-version", modern), WebRequest.Header("mcp-method", "server/discover"),
        ]

    /// The headers of what belongs to a session.
    static func inSession(_ id: String?, _ revision: String) -> [WebRequest.Header] {
        [WebRequest.Header("mcp-protocol-version", revision)]
            + (id.map { [WebRequest.Header("mcp-session-id", $0)] } ?? [])
    }
}
