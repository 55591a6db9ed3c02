import AWSOperations

/// What a client says first, in both eras of MCP.
enum Handshake {
    /// The newest revision with sessions.
    static let legacy = "2025-11-25"
    static let modern = "2026-07-28"
    /// The id of every request here.
    static let id = 1

    private static let client = #"{"name":"slipway-probe","version":"\#(Version.current)"}"#

    static let initialize = initialize(id: id)

    /// MCP 2025-11-25, Lifecycle.
    static func initialize(id: Int) -> [UInt8] {
        message(
            #""id":\#(id),"method":"initialize","params":{"protocolVersion":"\#(legacy)","capabilities":{},"clientInfo":"#
                + client + "}"
        )
    }

    static let initialized = message(#""method":"notifications/initialized""#)

    /// MCP 2026-07-28, Discovery.
    static let discover = message(#""id":\#(id),"method":"server/discover","params":{\#(envelope)}"#)

    /// The list of tools: in a session, or by 2026-07-28.
    static func listTools(id: Int, isModern: Bool) -> [UInt8] {
        message(#""id":\#(id),"method":"tools/list","params":{\#(isModern ? envelope : "")}"#)
    }

    /// What every request of 2026-07-28 says of its client.
    private static let envelope =
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"\#(modern)","#
        + #""io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":\#(client)}"#

    private static func message(_ fields: String) -> [UInt8] { Array(#"{"jsonrpc":"2.0",\#(fields)}"#.utf8) }

    static let posting = [
        WebRequest.Header("content-type", "application/json"),
        WebRequest.Header("accept", "application/json, text/event-stream"),
    ]
    static let discovering = posting + calling("server/discover")

    /// The headers that name a call of 2026-07-28.
    static func calling(_ method: String) -> [WebRequest.Header] {
        [WebRequest.Header("mcp-protocol-version", modern), WebRequest.Header("mcp-method", method)]
    }

    /// The headers of what belongs to a session.
    static func inSession(_ id: String?, _ revision: String) -> [WebRequest.Header] {
        [WebRequest.Header("mcp-protocol-version", revision)]
            + (id.map { [WebRequest.Header("mcp-session-id", $0)] } ?? [])
    }
}
