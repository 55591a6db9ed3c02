import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

/// Sessions with servers that are slow, large or gone.
@Suite(.serialized, .timeLimit(.minutes(3))) struct `A gateway in front of an awkward server` {
    /// Answers every line with a result that names the line's id, after `delay` seconds for the first.
    private static func server(firstAnswerAfter delay: Double = 0, padding: Int = 0) -> String {
        """
        sleep \(delay)
        while read -r line; do
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\\([^,]*\\),.*/\\1/p')
          [ -n "$id" ] || continue
          pad=$(head -c \(padding) /dev/zero | tr '\\0' x)
          printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-06-18","pad":"%s"}}\\n' "$id" "$pad"
        done
        """
    }

    /// Waits, in bounds, until no session and no child is left.
    private func expectNothingLeft(_ live: LiveGateway) async throws {
        for _ in 0..<500 {
            let (sessions, children) = try await live.counts()
            if sessions == 0, children == 0 { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("left: \(try await live.counts())")
    }

    @Test func `gives a session its id however long its start took`() async throws {
        let slow = Self.server(firstAnswerAfter: 1.6)
        try await LiveGateway.run(slow, configure: { $0.keepAliveInterval = .milliseconds(200) }) { live in
            let answer = try await live.post(LiveGateway.initialize)
            #expect(answer.status == .ok)
            #expect(answer.headers["mcp-session-id"].count == 1)
            #expect(answer.body.contains("2025-06-18"))
        }
    }

    @Test func `gives up a server that never answers initialize`() async throws {
        try await LiveGateway.run("sleep 60", configure: { $0.startTime = .milliseconds(300) }) { live in
            let answer = try await live.post(LiveGateway.initialize)
            #expect(answer.status == .ok)
            #expect(answer.headers["mcp-session-id"].isEmpty)
            #expect(answer.body.contains("did not answer initialize"))
            try await expectNothingLeft(live)
        }
    }

    @Test func `keeps no child whose answer to initialize was too large`() async throws {
        let large = Self.server(padding: 3000)
        try await LiveGateway.run(large, configure: { $0.messageLimit = 1024 }) { live in
            let answer = try await live.post(LiveGateway.initialize)
            #expect(answer.body.contains("over 1024 bytes"))
            try await expectNothingLeft(live)
        }
    }

    @Test func `keeps nothing of a client that leaves before its session begins`() async throws {
        try await LiveGateway.run(Self.server(firstAnswerAfter: 30)) { live in
            let leaving = TimeAmount.milliseconds(300)
            await #expect(throws: (any Error).self) { try await live.post(LiveGateway.initialize, leaving: leaving) }
            try await expectNothingLeft(live)
        }
    }

    @Test func `frees the server of an idle session, and brings the session back with its next call`() async throws {
        try await LiveGateway.run(Self.server(), configure: { $0.idleTime = .milliseconds(100) }) { live in
            let session = try await live.post(LiveGateway.initialize).headers.first(name: "mcp-session-id")
            try await expectNothingLeft(live)
            let call = #"{"jsonrpc":"2.0","id":7,"method":"ping"}"#
            let answer = try await live.post(call, session: session)
            #expect(answer.status == .ok)
            #expect(answer.body.contains(#""id":7"#))
        }
    }

    @Test func `knows the replicas that a DNS name stands for`() async throws {
        let service = HTTPTarget(host: "localhost", port: 9)
        try await LiveGateway.run(Self.server(), configure: { $0.peerService = service }) { live in
            for _ in 0..<500 {
                let peers = try await live.loop.submit { [gateway = live.gateway] in
                    gateway.value.replicas.known.map(\.description)
                }.get()
                if peers.contains("127.0.0.1:9") { return }
                try await Task.sleep(for: .milliseconds(10))
            }
            Issue.record("localhost was not found")
        }
    }

    @Test func `answers a call whose server dies, and goes on with another`() async throws {
        let mortal = """
            read -r line
            printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-06-18"}}\\n' \
              "$(printf '%s' "$line" | sed 's/.*"id":\\([^,]*\\),.*/\\1/')"
            read -r line; read -r line
            exit 3
            """
        try await LiveGateway.run(mortal) { live in
            let session = try await live.post(LiveGateway.initialize).headers.first(name: "mcp-session-id")
            _ = try await live.post(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, session: session)
            for id in [7, 8] {
                let answer = try await live.post(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#, session: session)
                #expect(answer.status == .ok)
                #expect(answer.body.contains(#""id":\#(id)"#))
                #expect(answer.body.contains("it exited with status 3"))
            }
        }
    }
}
