import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

/// Sessions that their clients ended, and replicas that were not there to be told.
@Suite(.serialized, .timeLimit(.minutes(3))) struct `A session that its client ended` {
    private let ping = #"{"jsonrpc":"2.0","id":3,"method":"ping"}"#

    private func hasHeard(_ live: LiveGateway, of uid: SessionUID) async throws -> Bool {
        for _ in 0..<1000 {
            if try await live.loop.submit({ live.gateway.value.sessions.hasEnded(uid) }).get() { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test func `stays ended on a replica that started later, when the one that knew is gone`() async throws {
        let keys = FleetKeys.random()
        try await LiveGateway.run(PlainServer.script, configure: { $0.keys = keys }) { first in
            let session = try await first.session()
            let uid = try #require(keys.open(session)?.session)
            try await first.delete(session)
            let peer = first.target
            try await LiveGateway.run(
                PlainServer.script,
                configure: {
                    $0.keys = keys
                    $0.peers = [peer]
                }
            ) { later in
                #expect(try await hasHeard(later, of: uid))
                try await first.loop.submit { first.gateway.value.abandon() }.get()
                #expect(try await later.post(ping, session: session).status == .notFound)
                let other = try await later.session()
                #expect(try await later.post(ping, session: other).status == .ok, "others are served")
            }
        }
    }

    @Test func `stays ended on a replica that could not be reached when it was`() async throws {
        let keys = FleetKeys.random()
        try await LiveGateway.run(PlainServer.script, configure: { $0.keys = keys }) { far in
            let peer = far.target
            try await LiveGateway.run(
                PlainServer.script,
                configure: {
                    $0.keys = keys
                    $0.peers = [peer]
                }
            ) { near in
                let session = try await near.session()
                let uid = try #require(keys.open(session)?.session)
                try await near.loop.submit { near.gateway.value.replicas.failed(peer) }.get()
                try await near.delete(session)
                #expect(try await hasHeard(far, of: uid))
                #expect(try await far.post(ping, session: session).status == .notFound)
            }
        }
    }

    @Test func `is nothing that anybody without the fleet's key may say`() async throws {
        try await LiveGateway.run(PlainServer.script) { live in
            let session = try await live.session()
            for notice in [Hop.Notice.endedBefore, .arrived, .ended] {
                let answer = try await live.send(
                    .PUT,
                    "0123456789abcdef0123456789abcdef\n",
                    path: notice.rawValue,
                    [
                        Hop.replica: "127.0.0.1:9", "mcp-session-id": session, Hop.proof: "1.AAAA",
                        "content-length": "33",
                    ]
                )
                #expect(answer.status == .notFound)
            }
            #expect(try await live.post(ping, session: session).status == .ok)
        }
    }
}
