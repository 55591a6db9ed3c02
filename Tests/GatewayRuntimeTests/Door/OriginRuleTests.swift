import Testing

@testable import GatewayRuntime

@Suite struct `The origin rule` {
    private static let local = OriginRule(allowed: [], listensOnLoopback: true)
    private static let open = OriginRule(allowed: [], listensOnLoopback: false)

    @Test(arguments: [local, open]) func `lets a request pass that comes from no page`(rule: OriginRule) {
        #expect(rule.accepts(nil))
    }

    @Test(arguments: [
        "http://localhost", "http://localhost:3000", "https://127.0.0.1:8443", "http://[::1]:5173",
        "HTTP://LocalHost:80",
    ])
    func `lets pages of this machine pass where only this machine is listened to`(origin: String) {
        #expect(Self.local.accepts(origin))
        #expect(!Self.open.accepts(origin))
    }

    @Test(arguments: [
        "https://localhost.evil.com", "https://localhost:80.evil.com", "https://localhost@evil.com",
        "https://evil.com", "https://evil.com/localhost", "https://evil.com:80/://localhost",
        "https://127.0.0.1.evil.com",
        "https://evil.localhost.com", "https://localhost:evil", "https://[::1].evil.com", "https://[::1]evil",
        "localhost", "null", "", "://", "file://",
    ])
    func `refuses every other page`(origin: String) {
        #expect(!Self.local.accepts(origin))
        #expect(!Self.open.accepts(origin))
    }

    @Test func `lets a page pass that it names, however it is written`() {
        let rule = OriginRule(allowed: ["https://App.example.com", "http://localhost:3000"], listensOnLoopback: false)
        #expect(rule.accepts("https://app.example.com"))
        #expect(rule.accepts("https://APP.EXAMPLE.COM"))
        #expect(rule.accepts("http://localhost:3000"))
        for other in [
            "http://app.example.com", "https://app.example.com:444", "https://app.example.com.evil.com",
            "https://example.com", "http://localhost:3001", "null",
        ] {
            #expect(!rule.accepts(other))
        }
    }

    @Test(arguments: ["https://app.example.com", "null", "nonsense"])
    func `lets every page pass where it says so`(origin: String) {
        #expect(OriginRule(allowed: ["*"], listensOnLoopback: false).accepts(origin))
    }
}
