import HTTPTransport
import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite struct `The address of an HTTP server` {
    @Test func `says where to connect and what to ask for`() throws {
        let full = try #require(UpstreamAddress("http://127.0.0.1:9000/mcp?a=b#c"))
        #expect("\(full.target)" == "127.0.0.1:9000" && full.uri == "/mcp?a=b" && full.authority == "127.0.0.1:9000")
        let bare = try #require(UpstreamAddress("HTTP://localhost"))
        #expect("\(bare.target)" == "localhost:80" && bare.uri == "/" && bare.authority == "localhost")
        #expect(UpstreamAddress("http://[::1]:9000/x")?.target.host == "::1")
    }

    @Test(arguments: [
        "", "127.0.0.1:9000", "https://a/mcp", "http://", "http://u:p@a/mcp", "http://a:0/", "http://a b/",
    ])
    func `is refused where it could be misread`(_ text: String) {
        #expect(UpstreamAddress(text) == nil)
    }

    @Test func `gets the fields of a request that are its to see`() throws {
        let address = try #require(UpstreamAddress("http://127.0.0.1:9000/mcp"))
        let client: HTTPHeaders = [
            "Host": "mcp.example.com", "Authorization": "Bearer client", "Origin": "https://a", "Cookie": "a=b",
            "Mcp-Session-Id": "ours", "Accept-Encoding": "gzip", "slipway-hop": "x", "Connection": "x-hop",
            "X-Hop": "1", "Content-Length": "5", "Accept": "text/event-stream", "Traceparent": "00-1",
            "Mcp-Param-A": "b", "Last-Event-ID": "7",
        ]
        let fields = UpstreamFields.request(
            client, to: address, session: "theirs", credential: UpstreamCredential("Bearer own")
        )
        #expect(
            fields.map { "\($0.name.lowercased()): \($0.value)" }.sorted() == [
                "accept: text/event-stream", "authorization: Bearer own", "host: 127.0.0.1:9000", "last-event-id: 7",
                "mcp-param-a: b", "mcp-session-id: theirs", "traceparent: 00-1",
            ]
        )
        let answer = UpstreamFields.response([
            "Content-Type": "application/json", "mcp-session-id": "theirs", "set-cookie": "a", "Retry-After": "1",
            "Transfer-Encoding": "chunked", "Slipway-Hop-Refusal": "absent",
        ])
        #expect(answer.map(\.name) == ["Content-Type", "Retry-After"])
    }

    @Test func `never shows the gateway's credential`() throws {
        let credential = try #require(UpstreamCredential("Bearer sesame"))
        let all = UpstreamConfiguration(address: try #require(UpstreamAddress("http://a/")), credential: credential)
        #expect(!"\(all)".contains("sesame") && !String(reflecting: all).contains("sesame"))
        #expect(UpstreamCredential("Bearer a\r\nx: y") == nil)
    }
}
