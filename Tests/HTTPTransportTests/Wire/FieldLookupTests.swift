import HTTPTransport
import NIOHTTP1
import Testing

@Suite struct `A field that is looked up` {
    private let headers: HTTPHeaders = [
        "MCP-Session-Id": "first", "mcp-session-id": "second", "mcp_session_id": "another", "Accept": "",
    ]

    @Test func `is found in any case, and of several the first`() {
        #expect(headers.value("mcp-session-id") == "first")
        #expect(headers.value("accept")?.isEmpty == true)
    }

    @Test(arguments: ["mcp-session-i", "mcp-session-id2", "mcp-session-ix", "origin"])
    func `is no other of nearly that name`(name: String) { #expect(headers.value(name) == nil) }

    @Test func `is not one that differs by a sign`() {
        #expect(HTTPHeaders([("mcp_session_id", "another")]).value("mcp-session-id") == nil)
    }
}
