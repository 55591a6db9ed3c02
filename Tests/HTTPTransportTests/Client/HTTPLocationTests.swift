import HTTPTransport
import Testing

@Suite struct `A location` {
    @Test func `is a URL's server and path`() throws {
        let location = try #require(HTTPLocation("https://MCP.example.com:8443/a/b?c=d"))
        #expect(location.target == HTTPTarget(host: "MCP.example.com", port: 8443, isSecure: true))
        #expect(location.authority == "MCP.example.com:8443" && location.path == "/a/b?c=d")
        #expect(location.plainPath == "/a/b" && location.origin == "https://MCP.example.com:8443")
        #expect(location.at("/x").description == "https://MCP.example.com:8443/x")
        #expect(HTTPLocation("https://a")?.target.port == 443)
        #expect(HTTPLocation("http://a/")?.target == HTTPTarget(host: "a", port: 80))
        #expect(HTTPLocation("http://[::1]/x")?.target == HTTPTarget(host: "::1", port: 80))
        #expect(HTTPLocation("http://[::1]:81")?.target == HTTPTarget(host: "::1", port: 81))
        #expect(HTTPLocation("https://a?b")?.path == "/?b")
        #expect(HTTPLocation("https://a/")?.plainPath == "")
    }

    @Test(arguments: [
        "", "a", "https://", "https:///a", "ftp://a", "https://u@a", "https://a#b", "https://a b", "https://a/\u{e4}",
        "https://a:0", "https://a:x", "https://a/\"", "https://a\\b", "://a", "https://a/\r\nx:y",
    ])
    func `is nothing else`(text: String) { #expect(HTTPLocation(text) == nil) }

    @Test func `is safe over TLS or on this machine`() {
        for text in ["https://a.example", "http://localhost:1", "http://127.0.0.1", "http://[::1]:1"] {
            #expect(HTTPLocation(text)?.isSafe == true, "\(text)")
        }
        for text in ["http://a.example", "http://localhost.example", "http://127.0.0.2"] {
            #expect(HTTPLocation(text)?.isSafe == false, "\(text)")
        }
    }
}
