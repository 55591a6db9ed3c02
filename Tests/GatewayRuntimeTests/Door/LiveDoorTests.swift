import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

/// The door of a gateway that serves, with named keys and with none.
@Suite(.serialized, .timeLimit(.minutes(2))) struct `A gateway's door` {
    private static let (alice, bob) = ("alice-0123456789abcdef", "bob-0123456789abcdef")

    private func run(
        _ configure: @escaping @Sendable (inout DoorConfiguration) -> Void,
        _ test: (LiveGateway) async throws -> Void
    ) async throws {
        try await LiveGateway.run(LiveGateway.obligingServer, configure: { configure(&$0.door) }, test)
    }

    private func runWithKeys(_ test: (LiveGateway) async throws -> Void) async throws {
        let keys = try NamedKeys(reading: ["alice:\(Self.alice)", "bob:\(Self.bob)"])
        try await run({ $0.signIn = .keys(keys) }, test)
    }

    private func bearer(_ key: String) -> HTTPHeaders { ["authorization": "Bearer \(key)"] }

    @Test func `opens to a named key, in either field`() async throws {
        try await runWithKeys { live in
            let one = try await live.initialize(bearer(Self.alice)).status
            #expect(one == .ok)
            let another = try await live.initialize(["x-api-key": Self.bob]).status
            #expect(another == .ok)
        }
    }

    @Test func `says to whoever has no key what is missing, and no more`() async throws {
        try await runWithKeys { live in
            let nobody = try await live.initialize()
            #expect(nobody.status == .unauthorized)
            #expect(nobody.headers["www-authenticate"] == ["Bearer"])
            #expect(nobody.body.contains(#""code":-32600"#))
            let wrong = try await live.initialize(bearer(Self.alice + "x"))
            #expect(wrong.status == .unauthorized)
            #expect(wrong.challenge?.hasPrefix(#"Bearer error="invalid_token""#) == true)
            #expect(!wrong.body.contains(Self.alice))
            let query = try await live.ask(.POST, "/mcp?access_token=\(Self.alice)", body: LiveGateway.initialize)
            #expect(query.status == .unauthorized)
            for fields in [
                [("authorization", "Bearer \(Self.alice)"), ("authorization", "Bearer \(Self.bob)")],
                [("authorization", "Bearer \(Self.alice)"), ("x-api-key", Self.alice)], [("authorization", "Bearer")],
            ] {
                let malformed = try await live.initialize(HTTPHeaders(fields))
                #expect(malformed.status == .badRequest)
                #expect(malformed.challenge?.contains(#"error="invalid_request""#) == true)
            }
            #expect(try await live.ask(.GET, "/health").status == .ok)
        }
    }

    @Test func `keeps a session to its caller, for whom an unknown one and another's are the same`() async throws {
        try await runWithKeys { live in
            let session = try #require(try await live.initialize(bearer(Self.alice)).session)
            let unknown = try await live.ping("nonsense", bearer(Self.bob))
            #expect(unknown.status == .notFound)
            let anothers = try await live.ping(session, bearer(Self.bob))
            #expect(anothers.status == .notFound)
            #expect(anothers.body == unknown.body)
            var fields = bearer(Self.bob)
            fields.add(name: "mcp-session-id", value: session)
            #expect(try await live.ask(.DELETE, "/mcp", fields).status == .notFound)
            #expect(try await live.ask(.GET, "/mcp", fields).status == .notFound)
            #expect(try await live.ping(session).status == .unauthorized)
            #expect(try await live.ping(session, bearer(Self.alice)).status == .ok)
        }
    }

    @Test func `believes a replica, and nobody else, about who was checked`() async throws {
        try await runWithKeys { live in
            let keys = live.gateway
            func proof(_ session: String, _ caller: String) async throws -> HTTPHeaders {
                try await live.loop.submit {
                    let made = keys.value.configuration.keys
                    return [
                        Hop.proof: made.hopProof(session: session, caller: caller, now: WallClock.now.seconds),
                        Hop.intent: HopIntent.take.rawValue, Hop.caller: caller,
                    ]
                }.get()
            }
            let alice = Caller(keyName: "alice").hopField
            let session = try #require(try await live.initialize(proof("", alice)).session)
            #expect(try await live.ping(session, bearer(Self.alice)).status == .ok)
            #expect(try await live.ping(session, proof(session, alice)).status == .ok)
            #expect(try await live.ping(session, proof(session, Caller(keyName: "bob").hopField)).status == .notFound)
            #expect(try await live.ping(session, proof("", alice)).status == .unauthorized)
            var forged = try await proof(session, Caller(keyName: "bob").hopField)
            forged.replaceOrAdd(name: Hop.caller, value: alice)
            #expect(try await live.ping(session, forged).status == .unauthorized)
            forged.remove(name: Hop.caller)
            #expect(try await live.ping(session, forged).status == .unauthorized)
        }
    }

    @Test func `turns away what was sent to another name, whoever asks`() async throws {
        try await runWithKeys { live in
            let evil = try await live.initialize(["host": "evil.example"])
            #expect(evil.status == .misdirectedRequest)
            #expect(evil.body.contains("--allow-host"))
            #expect(try await live.ask(.GET, "/health", ["host": "evil.example"]).status == .ok)
        }
        try await run({ $0.allowedHosts = ["mcp.example.com"] }) { live in
            let third = try await live.initialize(["host": "mcp.example.com"]).status
            #expect(third == .ok)
            let fourth = try await live.initialize().status
            #expect(fourth == .misdirectedRequest)
        }
    }

    @Test func `answers a browser before its page may call, and lets the page read`() async throws {
        try await runWithKeys { live in
            let page = "http://localhost:5173"
            let asked: HTTPHeaders = [
                "origin": page, "access-control-request-method": "POST",
                "access-control-request-headers": "content-type,mcp-protocol-version,mcp-param-x,x-evil",
            ]
            let preflight = try await live.ask(.OPTIONS, "/mcp", asked)
            #expect(preflight.status == .noContent)
            #expect(preflight.headers["access-control-allow-origin"] == [page])
            let allowed = ["content-type, mcp-protocol-version, mcp-param-x"]
            #expect(preflight.headers["access-control-allow-headers"] == allowed)
            #expect(preflight.headers["access-control-allow-methods"] == ["GET, POST, DELETE"])
            let refused = try await live.initialize(["origin": page])
            #expect(refused.status == .unauthorized)
            #expect(refused.headers["access-control-allow-origin"] == [page])
            var fields = bearer(Self.alice)
            fields.add(name: "origin", value: page)
            let served = try await live.initialize(fields)
            #expect(served.status == .ok)
            #expect(served.headers["access-control-expose-headers"].first?.contains("Mcp-Session-Id") == true)
            var foreign = asked
            foreign.replaceOrAdd(name: "origin", value: "https://evil.example")
            #expect(try await live.ask(.OPTIONS, "/mcp", foreign).status == .forbidden)
            #expect(try await live.ask(.OPTIONS, "/mcp").status == .unauthorized)
        }
    }

    @Test func `counts requests by caller`() async throws {
        let keys = try NamedKeys(reading: ["alice:\(Self.alice)", "bob:\(Self.bob)"])
        try await run({ ($0.signIn, $0.rate) = (.keys(keys), Rate(count: 3, period: .hours(1))) }) { live in
            let session = try #require(try await live.initialize(bearer(Self.alice)).session)
            for _ in 1...2 { #expect(try await live.ping(session, bearer(Self.alice)).status == .ok) }
            let refused = try await live.ping(session, bearer(Self.alice))
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers.first(name: "retry-after").flatMap { Int($0) }.map { 1100...1200 ~= $0 } == true)
            #expect(refused.body.contains(#""error":"#))
            #expect(try await live.ping("nonsense", bearer(Self.alice)).status == .notFound)
            #expect(try await live.initialize(bearer(Self.bob)).status == .ok)
            #expect(try await live.ask(.GET, "/health").status == .ok)
        }
    }

    @Test func `counts requests by address where nobody signs in`() async throws {
        try await run({ $0.rate = Rate(count: 1, period: .hours(1)) }) { live in
            let first = try await live.initialize().status
            #expect(first == .ok)
            let second = try await live.initialize(["x-forwarded-for": "192.0.2.9"]).status
            #expect(second == .tooManyRequests)
        }
        let trusting: @Sendable (inout DoorConfiguration) -> Void = {
            ($0.rate, $0.trustsForwarded) = (Rate(count: 1, period: .hours(1)), true)
        }
        try await run(trusting) { live in
            let one = try await live.initialize(["x-forwarded-for": "192.0.2.9"]).status
            #expect(one == .ok)
            let same = try await live.initialize(["x-forwarded-for": "1.1.1.1, 192.0.2.9"]).status
            #expect(same == .tooManyRequests)
            let other = try await live.initialize(["x-forwarded-for": "192.0.2.9, 192.0.2.10"]).status
            #expect(other == .ok)
        }
    }
}
