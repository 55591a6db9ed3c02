import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

/// As many sessions and processes as there may be.
@Suite(.serialized, .timeLimit(.minutes(3))) struct `A gateway that is full` {
    private static let server = #"""
        while read -r line; do
          case "$line" in *'"slow"'*) sleep 3 ;; esac
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\([^,]*\),.*/\1/p')
          [ -n "$id" ] || continue
          printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{}}}\n' "$id"
        done
        """#

    private let ping = #"{"jsonrpc":"2.0","id":5,"method":"ping"}"#

    private enum Limit: CaseIterable {
        case sessions, children

        func set(_ number: Int, _ configuration: inout GatewayConfiguration) {
            switch self {
            case .sessions: configuration.sessionLimit = number
            case .children: configuration.sessionRules.childLimit = number
            }
        }
    }

    @Test(arguments: Limit.allCases)
    private func `refuses one more, and says when to come again`(_ limit: Limit) async throws {
        try await LiveGateway.run(Self.server, configure: { limit.set(2, &$0) }) { live in
            for _ in 1...2 { _ = try await live.session() }
            let refused = try await live.post(LiveGateway.initialize)
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers["retry-after"] == ["1"])
            #expect(refused.headers["mcp-session-id"].isEmpty)
        }
    }

    @Test(arguments: Limit.allCases)
    private func `frees the session that was idle for longest, which comes back when it is called`(
        _ limit: Limit
    ) async throws {
        let configure: @Sendable (inout GatewayConfiguration) -> Void = {
            limit.set(2, &$0)
            $0.sessionRules.whenFull = .oldestIdle
        }
        try await LiveGateway.run(Self.server, configure: configure) { live in
            let first = try await live.session()
            let second = try await live.session()
            #expect(try await live.post(ping, session: first).status == .ok)
            let third = try await live.session()
            #expect(try await who(live, [first, second, third]) == [true, false, true])
            #expect(try await live.post(ping, session: second).status == .ok)
            #expect(try await who(live, [first, second, third]) == [false, true, true])
        }
    }

    @Test func `frees nobody who waits or listens`() async throws {
        let configure: @Sendable (inout GatewayConfiguration) -> Void = {
            $0.sessionLimit = 1
            $0.sessionRules.whenFull = .oldestIdle
        }
        try await LiveGateway.run(Self.server, configure: configure) { live in
            let session = try await live.session()
            let stream = try await live.open(.GET, session: session)
            _ = try await stream.body(with: "keep-alive")
            #expect(try await live.post(LiveGateway.initialize).status == .serviceUnavailable)
        }
    }

    @Test func `counts idle time from the end of the last call, however long that took`() async throws {
        try await LiveGateway.run(Self.server, configure: { $0.idleTime = .seconds(1) }) { live in
            let session = try await live.session()
            let start = NIODeadline.now()
            let answer = try await live.post(#"{"jsonrpc":"2.0","id":7,"method":"slow"}"#, session: session)
            #expect(answer.body.contains(#""id":7,"result""#))
            let lastUse = try await live.loop.submit { [gateway = live.gateway] in
                gateway.value.sessions[ticket: session]?.lastUse
            }.get()
            // On a machine that is slow enough the session rests by now, which is as good.
            if let lastUse { #expect(lastUse - start >= .seconds(2)) }
        }
    }

    /// Which of the sessions are here, with their processes.
    private func who(_ live: LiveGateway, _ tickets: [String]) async throws -> [Bool] {
        try await live.loop.submit { [gateway = live.gateway] in
            tickets.map { gateway.value.sessions[ticket: $0]?.hasChild == true }
        }.get()
    }
}
