import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

/// Replicas that are silent, come back, or never do.
@Suite(.serialized, .timeLimit(.minutes(3))) struct `A gateway whose peer is lost` {
    private static let keys = FleetKeys.random()

    private func ticket(owner: HTTPTarget) -> String {
        Self.keys.seal(
            SessionTicket(
                owner: "\(owner)",
                session: .random(),
                issuedAt: WallClock.now.seconds,
                protocolVersion: "2025-11-25",
                initializeParameters: Story.parameters
            )
        )
    }

    private func ping(_ id: Int) -> String { #"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"# }

    @Test func `answers a call that a silent peer has with one error, and goes on without it`() async throws {
        try await SilentPeer.with { peer in
            let configure: @Sendable (inout GatewayConfiguration) -> Void = {
                $0.keys = Self.keys
                $0.peers = [peer.target]
            }
            try await LiveGateway.run(PlainServer.script, configure: configure) { live in
                let session = ticket(owner: peer.target)
                let lost = try await live.post(ping(7), session: session)
                #expect(lost.status == .ok)
                #expect(lost.body.contains(#""id":7,"error""#) && lost.body.contains("is gone"))
                for id in 8...9 {
                    let answer = try await live.post(ping(id), session: session)
                    #expect(answer.status == .ok && answer.body.contains(#""id":\#(id),"result""#))
                }
                #expect(try await live.counts().sessions == 1)
            }
        }
    }

    @Test func `opens a GET stream elsewhere where the peer that has the session is silent`() async throws {
        try await SilentPeer.with { peer in
            try await LiveGateway.run(PlainServer.script, configure: { $0.keys = Self.keys }) { live in
                let stream = try await live.open(.GET, session: ticket(owner: peer.target))
                _ = try await stream.body(with: "keep-alive")
                #expect(try await live.counts().sessions == 1)
            }
        }
    }

    @Test func `gives a session up that another replica took meanwhile, and finds it there`() async throws {
        try await LiveGateway.run(PlainServer.script, configure: { $0.keys = Self.keys }) { owner in
            let session = try await owner.session()
            let configure: @Sendable (inout GatewayConfiguration) -> Void = {
                $0.keys = Self.keys
                $0.peers = [owner.target]
            }
            try await LiveGateway.run(PlainServer.script, configure: configure) { taker in
                // The taker could not reach the owner for a while.
                try await taker.loop.submit { [gateway = taker.gateway] in
                    let ticket = Self.keys.open(session)
                    gateway.value.replicas.failed(owner.target)
                    if let ticket { _ = gateway.value.resume(ticket, session) }
                }.get()
                for _ in 0..<1000 where try await owner.counts().sessions > 0 {
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(try await owner.counts().sessions == 0)
                let answer = try await owner.post(ping(3), session: session)
                #expect(answer.status == .ok && answer.body.contains(#""id":3,"result""#))
                #expect(try await owner.counts().sessions == 0)
                #expect(try await taker.counts().sessions == 1)
            }
        }
    }

    @Test func `answers 404 for a session of a lost replica, where sessions expire with it`() async throws {
        let configure: @Sendable (inout GatewayConfiguration) -> Void = {
            $0.keys = Self.keys
            $0.sessionRules.ownerLost = .expire
            $0.idleTime = .milliseconds(100)
        }
        try await LiveGateway.run(PlainServer.script, configure: configure) { live in
            let gone = HTTPTarget(host: "127.0.0.1", port: 9)
            #expect(try await live.post(ping(1), session: ticket(owner: gone)).status == .notFound)
            // One that this very address had before it was started again is as lost.
            #expect(try await live.post(ping(1), session: ticket(owner: live.target)).status == .notFound)
            let own = try await live.session()
            for _ in 0..<1000 where try await live.counts().sessions > 0 {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(try await live.post(ping(2), session: own).status == .ok)
        }
    }

    @Test func `believes nobody without the fleet's key that a session was taken`() async throws {
        try await LiveGateway.run(PlainServer.script, configure: { $0.keys = Self.keys }) { live in
            let session = try await live.session()
            let uid = Self.keys.open(session)?.session.digits ?? ""
            let text = "\(uid) 9999999999999\n"
            let head = HTTPRequestHead(
                version: .http1_1,
                method: .PUT,
                uri: "/slipway/taken",
                headers: [
                    "host": "x", Hop.replica: "127.0.0.1:9", Hop.proof: "1.AAAA",
                    "content-length": "\(text.utf8.count)",
                ]
            )
            let status = try await live.send(head, text)
            #expect(status == .notFound)
            #expect(try await live.counts().sessions == 1)
        }
    }
}

extension LiveGateway {
    /// Sends any request; the status it is answered with.
    func send(_ head: HTTPRequestHead, _ body: String) async throws -> HTTPResponseStatus? {
        let response = try await open(head, body)
        _ = try await response.whole()
        return try await response.status
    }
}
