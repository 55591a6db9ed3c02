import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

/// The door of a gateway that believes an issuer, with real tokens and a real issuer on the loopback address.
@Suite(.serialized, .timeLimit(.minutes(2))) struct `A gateway that checks tokens` {
    private static let metadata = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp"

    private func run(
        _ issuer: IssuerStage,
        _ change: (inout TokenSettings) -> Void = { _ in },
        _ test: (LiveGateway) async throws -> Void
    ) async throws {
        let settings = issuer.settings(change)
        try await LiveGateway.run(
            LiveGateway.obligingServer,
            configure: { $0.door.signIn = .tokens(settings) },
            test
        )
    }

    private func status(_ live: LiveGateway, _ token: String) async throws -> HTTPResponseStatus {
        try await live.initialize(["authorization": "Bearer \(token)"]).status
    }

    @Test func `lets in whom the issuer vouches for, and says where to sign in`() async throws {
        try await IssuerStage.run { issuer in
            let keys = try await [SigningKey.es256("a"), .rs256("b"), .ed25519("c")]
            try await issuer.publish(keys)
            try await run(issuer) { live in
                for key in keys { #expect(try await status(live, key.sign(issuer.claims())) == .ok) }
                let nobody = try await live.initialize()
                #expect(nobody.status == .unauthorized)
                let challenge = #"Bearer resource_metadata="\#(Self.metadata)", scope="mcp:use""#
                #expect(nobody.headers["www-authenticate"] == [challenge])
                let short = try await keys[0].sign(issuer.claims { $0.scope = .init(["other"]) })
                let refused = try await live.initialize(["authorization": "Bearer \(short)"])
                #expect(refused.status == .forbidden)
                #expect(refused.headers["www-authenticate"].count == 1)
                #expect(refused.challenge?.contains(#"error="insufficient_scope""#) == true)
                #expect(refused.challenge?.contains(#"scope="mcp:use""#) == true)
            }
        }
    }

    @Test func `takes no other token`() async throws {
        try await IssuerStage.run { issuer in
            let key = await SigningKey.es256("a")
            try await issuer.publish([key])
            let now = Double(WallClock.now.seconds)
            let wrong: [(inout TokenClaims) -> Void] = [
                { $0.audience = .init(["https://other.example/mcp"]) }, { $0.audience = nil },
                { $0.issuer = "https://issuer.example" }, { $0.issuer = nil }, { $0.expires = now - 60 },
                { $0.expires = nil }, { $0.notBefore = now + 120 }, { $0.subject = nil },
            ]
            var tokens: [String] = []
            for change in wrong { tokens.append(try await key.sign(issuer.claims("alice", change))) }
            let good = try await key.sign(issuer.claims())
            let parts = good.split(separator: ".").map(String.init)
            let unsigned = Base64URL.encode(Array(#"{"alg":"none","typ":"JWT"}"#.utf8))
            tokens += ["\(unsigned).\(parts[1]).", "\(unsigned).\(parts[1]).\(parts[2])", "\(parts[0]).\(parts[1])."]
            tokens.append(try await SigningKey.shared("a", secret: key.published).sign(issuer.claims()))
            tokens.append(try await SigningKey.es256("a").sign(issuer.claims()))
            tokens += ["nonsense", "a.b.c", good + "x"]
            try await run(issuer) { live in
                for token in tokens {
                    let answer = try await live.initialize(["authorization": "Bearer \(token)"])
                    #expect(answer.status == .unauthorized, "\(token)")
                    #expect(answer.challenge?.contains(#"error="invalid_token", resource_metadata=""#) == true)
                }
                #expect(try await status(live, good) == .ok)
                let twice = HTTPHeaders([("authorization", "Bearer \(good)"), ("authorization", "Bearer \(good)")])
                #expect(try await live.initialize(twice).status == .badRequest)
                #expect(try await live.ask(.POST, "/mcp?access_token=\(good)", body: "{}").status == .unauthorized)
                #expect(try await live.initialize(["x-api-key": good]).status == .unauthorized)
            }
            try await run(issuer, { $0.algorithms = [.RS256] }) { live in
                let one = try await status(live, good)
                #expect(one != .ok)
            }
        }
    }

    @Test func `follows the issuer to new keys, and leaves the old`() async throws {
        try await IssuerStage.run { issuer in
            let (old, new) = await (SigningKey.es256("old"), SigningKey.es256("new"))
            try await issuer.publish([old])
            try await run(issuer) { live in
                #expect(try await status(live, old.sign(issuer.claims("alice"))) == .ok)
                try await issuer.publish([new])
                #expect(try await status(live, new.sign(issuer.claims("bob"))) == .ok)
                #expect(try await status(live, old.sign(issuer.claims("carol"))) == .unauthorized)
            }
            let (nameless, next) = await (SigningKey.es256(nil), SigningKey.es256(nil))
            try await issuer.publish([nameless])
            try await run(issuer) { live in
                #expect(try await status(live, nameless.sign(issuer.claims("alice"))) == .ok)
                try await issuer.publish([next])
                #expect(try await status(live, next.sign(issuer.claims("bob"))) == .ok)
            }
        }
    }

    @Test func `asks the issuer once for a flood of unknown keys`() async throws {
        try await IssuerStage.run { issuer in
            let key = await SigningKey.es256("a")
            try await issuer.publish([key])
            try await run(issuer, { $0.schedule.spacing = .minutes(10) }) { live in
                #expect(try await status(live, key.sign(issuer.claims())) == .ok)
                try await withThrowingTaskGroup(of: HTTPResponseStatus.self) { tasks in
                    for number in 0..<40 {
                        let token = try await key.sign(issuer.claims(), naming: "unknown-\(number)")
                        tasks.addTask { try await self.status(live, token) }
                    }
                    for try await status in tasks { #expect(status == .unauthorized) }
                }
                #expect(try await issuer.count() == 1)
            }
        }
    }

    @Test func `never takes a good token for a bad one because the keys can't be had`() async throws {
        try await IssuerStage.run { issuer in
            let key = await SigningKey.es256("a")
            try await issuer.serve("/keys", nil)
            try await run(issuer) { live in
                for document in [nil, "not JSON", #"{"keys":[]}"#, String(repeating: " ", count: 600_000)] {
                    try await issuer.serve("/keys", document)
                    let token = try await key.sign(issuer.claims())
                    let answer = try await live.initialize(["authorization": "Bearer \(token)"])
                    #expect(answer.status == .serviceUnavailable)
                    #expect(answer.headers["retry-after"] == ["2"])
                    #expect(answer.challenge == nil)
                }
                try await issuer.publish([key])
                #expect(try await status(live, key.sign(issuer.claims("bob"))) == .ok)
            }
            try await run(issuer, { $0.schedule.refresh = .zero }) { live in
                #expect(try await status(live, key.sign(issuer.claims("alice"))) == .ok)
                try await issuer.serve("/keys", nil)
                for subject in ["bob", "carol", "dave"] {
                    #expect(try await status(live, key.sign(issuer.claims(subject))) == .ok)
                }
                #expect(try await status(live, key.sign(issuer.claims(), naming: "new")) == .serviceUnavailable)
            }
        }
    }

    @Test func `finds the keys through the issuer's own metadata only`() async throws {
        try await IssuerStage.run { issuer in
            let key = await SigningKey.es256("a")
            try await issuer.publish([key])
            let place = "/.well-known/oauth-authorization-server"
            let elsewhere = #"{"issuer":"https://evil.example","jwks_uri":"\#(issuer.url)/keys"}"#
            let unsafe = #"{"issuer":"\#(issuer.url)","jwks_uri":"http://keys.example/keys"}"#
            for document in [elsewhere, unsafe, "[]"] {
                try await issuer.serve(place, document)
                try await run(issuer) { live in
                    let another = try await status(live, key.sign(issuer.claims()))
                    #expect(another == .serviceUnavailable)
                }
            }
            try await issuer.serve(place, nil)
            let openID = #"{"issuer":"\#(issuer.url)","jwks_uri":"\#(issuer.url)/keys"}"#
            try await issuer.serve("/.well-known/openid-configuration", openID)
            try await run(issuer) { live in
                let third = try await status(live, key.sign(issuer.claims()))
                #expect(third == .ok)
            }
        }
    }

    @Test func `shows its metadata at both places, to everybody`() async throws {
        try await IssuerStage.run { issuer in
            try await issuer.publish([await SigningKey.es256("a")])
            try await run(issuer) { live in
                let expected =
                    #"{"resource":"https://mcp.example.com/mcp","authorization_servers":["\#(issuer.url)"],"#
                    + #""scopes_supported":["mcp:use"],"bearer_methods_supported":["header"]}"#
                let root = "/.well-known/oauth-protected-resource"
                for path in [root, root + "/mcp"] {
                    let evil: HTTPHeaders = [
                        "host": "evil.example", "origin": "https://page.example", "x-forwarded-host": "evil.example",
                    ]
                    let answer = try await live.ask(.GET, path, evil)
                    #expect(answer.status == .ok)
                    #expect(answer.body == expected + "\n")
                    #expect(answer.headers["content-type"] == ["application/json"])
                    #expect(answer.headers["access-control-allow-origin"] == ["*"])
                    let head = try await live.ask(.HEAD, path)
                    #expect(head.status == .ok && head.body.isEmpty)
                    #expect(try await live.ask(.OPTIONS, path).status == .noContent)
                    #expect(try await live.ask(.POST, path, body: "{}").status == .methodNotAllowed)
                }
                #expect(try await live.ask(.GET, root + "/other").status == .notFound)
            }
        }
    }
}
