import Testing

@testable import GatewayRuntime

@Suite struct `The host rule` {
    private static let local = HostRule(allowed: [], listensOnLoopback: true)

    @Test(arguments: ["localhost", "LOCALHOST:8001", "127.0.0.1:1", "127.0.0.1", "[::1]", "[::1]:8001"])
    func `knows this machine by its names, at any port`(host: String) {
        #expect(Self.local.accepts([host]))
    }

    @Test(arguments: [
        "evil.example", "evil.example:8001", "localhost.evil.example", "127.0.0.1.evil.example", "", ":8001",
        "localhost:8001:1", "[::1].evil.example", "127.0.0.2",
    ])
    func `takes no other name where only this machine is listened to`(host: String) {
        #expect(!Self.local.accepts([host]))
    }

    @Test func `takes a request with one name only`() {
        #expect(!Self.local.accepts([]))
        #expect(!Self.local.accepts(["localhost", "evil.example"]))
        #expect(HostRule(allowed: [], listensOnLoopback: false).accepts([]))
        #expect(HostRule(allowed: ["*"], listensOnLoopback: true).accepts(["evil.example"]))
    }

    @Test func `takes the names that it was told`() {
        let rule = HostRule(allowed: ["mcp.Example.com", "*.corp.example", "a.example:8443"], listensOnLoopback: true)
        for host in [
            "mcp.example.com", "MCP.example.com:443", "x.corp.example", "x.y.corp.example:1", "a.example:8443",
        ] {
            #expect(rule.accepts([host]), "\(host)")
        }
        for host in ["example.com", "corp.example", "xcorp.example", "a.example", "a.example:8444", "localhost"] {
            #expect(!rule.accepts([host]), "\(host)")
        }
    }
}
