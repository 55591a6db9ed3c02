import NIOCore

/// Requests as bytes, each with a mark.
struct EdgeRequest {
    var head: [String]
    var body: [UInt8]

    static let legacyInitialize =
        Array(
            #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"#
                .utf8
        ) + Array(#""clientInfo":{"name":"fuzz","version":"1"}}}"#.utf8)

    /// The session's own call of the echo tool.
    static func call(_ mark: String, session: String) -> EdgeRequest {
        let params = #"{"name":"echo","arguments":{"text":"\#(mark)"}}"#
        return post(
            #"{"jsonrpc":"2.0","id":"id-\#(mark.dropFirst(5))","method":"tools/call","params":\#(params)}"#,
            ["mcp-session-id: \(session)", "mcp-protocol-version: 2025-06-18"]
        )
    }

    /// The same of revision 2026-07-28, which has no sessions.
    static func modernCall(_ mark: String) -> EdgeRequest {
        let meta = """
            {"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},\
            "io.modelcontextprotocol/clientInfo":{"name":"fuzz","version":"1"}}
            """
        let params = #"{"_meta":\#(meta),"name":"echo","arguments":{"text":"\#(mark)"}}"#
        return post(
            #"{"jsonrpc":"2.0","id":"id-\#(mark.dropFirst(5))","method":"tools/call","params":\#(params)}"#,
            ["mcp-protocol-version: 2026-07-28", "mcp-method: tools/call", "mcp-name: echo"]
        )
    }

    static func initialize() -> EdgeRequest { post(String(decoding: legacyInitialize, as: UTF8.self), []) }

    private static func post(_ body: String, _ fields: [String]) -> EdgeRequest {
        let head = [
            "POST /mcp HTTP/1.1", "host: 127.0.0.1", "content-type: application/json",
            "accept: application/json, text/event-stream",
        ]
        return EdgeRequest(head: head + fields, body: Array(body.utf8))
    }

    static func get(_ path: String, _ fields: [String] = []) -> EdgeRequest {
        EdgeRequest(head: ["GET \(path) HTTP/1.1", "host: 127.0.0.1", "accept: text/event-stream"] + fields, body: [])
    }

    /// The bytes, the body's length declared.
    func bytes(closing: Bool) -> [UInt8] {
        let length = body.isEmpty ? [] : ["content-length: \(body.count)"]
        return written(head + length + (closing ? ["connection: close"] : [])) + body
    }

    /// The bytes, the body in chunks.
    func chunked(closing: Bool, _ random: inout FuzzRandom) -> [UInt8] {
        var out = written(head + ["transfer-encoding: chunked"] + (closing ? ["connection: close"] : []))
        for piece in random.pieces(body) where !piece.isEmpty {
            let size = String(piece.count, radix: 16, uppercase: random.once(in: 2))
            let note = random.once(in: 4) ? ";note=\"x\"" : ""
            out += Array("\(random.once(in: 4) ? "00" : "")\(size)\(note)\r\n".utf8) + piece + [0x0D, 0x0A]
        }
        return out + Array("0\r\n\r\n".utf8)
    }

    func written(_ lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) }
}
