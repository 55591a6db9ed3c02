import Testing

@testable import GatewayRuntime
@testable import MCPWire

@Suite struct `The rules for tokens` {
    private let rules = TokenRules(.sample(scopes: ["read", "write"]))
    private let now: UInt64 = 1_800_000_000

    private var good: TokenClaims {
        TokenClaims(
            issuer: TokenSettings.sampleIssuer,
            subject: "alice",
            audience: .init(["other", TokenSettings.sampleAudience]),
            expires: Double(now + 60),
            scope: .init(["write read more"])
        )
    }

    private func verdict(_ change: (inout TokenClaims) -> Void) -> TokenRules.Verdict {
        var claims = good
        change(&claims)
        return rules.judge(claims, now: now)
    }

    private func isRefused(_ change: (inout TokenClaims) -> Void) -> Bool {
        if case .refused = verdict(change) { return true }
        return false
    }

    @Test func `let in whom the issuer vouches for, to this audience, now`() {
        let alice = Caller(issuer: TokenSettings.sampleIssuer, subject: "alice")
        #expect(verdict { _ in } == .accepted(alice, until: now + 60))
        #expect(verdict { $0.notBefore = Double(now) + 30 } == .accepted(alice, until: now + 60))
        #expect(verdict { $0.expires = Double(now) - 28.5 } == .accepted(alice, until: now - 29))
        #expect(verdict { ($0.scope, $0.scp) = (nil, .init(["read", "write"])) } == .accepted(alice, until: now + 60))
    }

    @Test func `refuse everything else`() {
        #expect(isRefused { $0.issuer = nil })
        #expect(isRefused { $0.issuer = TokenSettings.sampleIssuer + "/" })
        #expect(isRefused { $0.audience = nil })
        #expect(isRefused { $0.audience = .init([]) })
        #expect(isRefused { $0.audience = .init([TokenSettings.sampleAudience + "/"]) })
        #expect(isRefused { $0.expires = nil })
        #expect(isRefused { $0.expires = Double(now) - 31 })
        #expect(isRefused { $0.notBefore = Double(now) + 31 })
        for time in [Double.nan, .infinity, -1, 1e300] {
            #expect(isRefused { $0.expires = time })
            #expect(isRefused { $0.notBefore = time })
        }
        #expect(isRefused { $0.subject = nil })
        #expect(isRefused { $0.subject = "" })
    }

    @Test func `know a client without a subject, and take it for no subject`() {
        let client = Caller(issuer: TokenSettings.sampleIssuer, client: "alice")
        #expect(verdict { ($0.subject, $0.client) = (nil, "alice") } == .accepted(client, until: now + 60))
        #expect(client != Caller(issuer: TokenSettings.sampleIssuer, subject: "alice"))
    }

    @Test func `ask for every scope`() {
        #expect(verdict { $0.scope = .init(["read"]) } == .lacksScope(until: now + 60))
        #expect(verdict { $0.scope = nil } == .lacksScope(until: now + 60))
        #expect(verdict { $0.scope = .init(["READ WRITE"]) } == .lacksScope(until: now + 60))
    }
}

@Suite struct `A token's header` {
    private func header(_ json: String) -> TokenHeader? {
        TokenHeader(Base64URL.encode(Array(json.utf8)) + ".e30.c2ln")
    }

    @Test func `names a key and an algorithm`() {
        #expect(header(#"{"alg":"ES256","kid":"k","typ":"at+jwt"}"#)?.key == "k")
        #expect(header(#"{"alg":"RS256"}"#)?.algorithm == .RS256)
        #expect(header(#"{"alg":"RS256"}"#)?.key == nil)
    }

    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"HS256"}"#, #"{"alg":"HS512","kid":"k"}"#, #"{"alg":"es256"}"#, #"{}"#,
        #"{"alg":"ES256","alg":"none"}"#, #"{"alg":"ES256","crit":["exp"]}"#, #"{"alg":"ES256","kid":7}"#,
        #"["ES256"]"#, "", "{", #"{"alg":["ES256"]}"#,
    ])
    func `is refused where it names nothing that may be used`(json: String) { #expect(header(json) == nil) }

    @Test(arguments: ["", ".", "..", "a.b", "a.b.c.d", "e30.e30.", "!.e30.c2ln", "eyJhbGciOiJFUzI1NiJ9..c2ln"])
    func `is found in a signed token only`(token: String) { #expect(TokenHeader(token) == nil) }

    @Test func `is not looked for in a token of any length`() {
        let good = Base64URL.encode(Array(#"{"alg":"ES256"}"#.utf8))
        #expect(TokenHeader("\(good).\(String(repeating: "a", count: 15_000)).c2ln") != nil)
        #expect(TokenHeader("\(good).\(String(repeating: "a", count: 17_000)).c2ln") == nil)
    }
}
