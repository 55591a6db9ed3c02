import Foundation
import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayRuntime

@Suite(.serialized, .timeLimit(.minutes(3))) struct `A gateway seen from outside` {
    /// Answers initialize and every call; dies of a message that says "die".
    private static let server = """
        while read -r line; do
          case "$line" in *die*) exit 7;; esac
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\\([^,]*\\),.*/\\1/p')
          [ -n "$id" ] || continue
          printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-06-18"}}\\n' "$id"
        done
        """

    private func json(_ body: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    }

    private func page(_ live: LiveGateway) async throws -> String {
        try await live.loop.submit { [gateway = live.gateway] in
            PrometheusText.page(gateway.value.metricFamilies)
        }.get()
    }

    @Test func `is well, and lives`() async throws {
        try await LiveGateway.run(Self.server) { live in
            let health = try await live.get("/health")
            let said = try json(health.body)
            #expect(health.status == .ok && said["status"] as? String == "ok")
            #expect(said["reason"] == nil && said["server"] == nil)
            for field in ["replica", "sessions", "children", "calls", "resumed"] { #expect(said[field] != nil) }
            #expect(try await live.get("/livez").status == .ok)
        }
    }

    @Test func `says why it is unhealthy, lives on, and is well again once the server starts`() async throws {
        try await LiveGateway.run(Self.server) { live in
            let failFiveTimes = { [loop = live.loop, gateway = live.gateway] in
                try await loop.submit {
                    for _ in 1...5 { gateway.value.servers.failed("it exited with status 3") }
                }.get()
            }
            try await failFiveTimes()
            let health = try await live.get("/health")
            let said = try json(health.body)
            #expect(health.status == .serviceUnavailable && said["status"] as? String == "unhealthy")
            #expect(said["reason"] as? String == "the MCP server does not start: it exited with status 3")
            let server = try #require(said["server"] as? [String: Any])
            #expect(server["failedStarts"] as? Int == 5 && server["since"] is String)
            #expect(try await live.get("/livez").status == .ok)
            var held = try await live.post(LiveGateway.initialize)
            // The pause lasts a second at first, which a busy machine may have spent by now; it grows.
            for _ in 1...5 where !held.body.contains("the next start is tried in") {
                try await failFiveTimes()
                held = try await live.post(LiveGateway.initialize)
            }
            #expect(held.status == .ok && held.body.contains("the next start is tried in"))
            #expect(try await page(live).contains("\nslipway_healthy 0\n"))
            try await live.loop.submit { [gateway = live.gateway] in
                gateway.value.servers.started().answered()
            }.get()
            #expect(try await live.get("/health").status == .ok)
        }
    }

    @Test func `says that it drains, and lives on`() async throws {
        try await LiveGateway.run(Self.server) { live in
            try await live.loop.submit { [gateway = live.gateway] in gateway.value.beginDraining() }.get()
            let health = try await live.get("/health")
            #expect(health.status == .serviceUnavailable)
            #expect(try json(health.body)["status"] as? String == "draining")
            #expect(try await live.get("/livez").status == .ok)
        }
    }

    @Test func `counts a server that never answers initialize as one that does not start`() async throws {
        try await LiveGateway.run("sleep 60", configure: { $0.startTime = .milliseconds(200) }) { live in
            _ = try await live.post(LiveGateway.initialize)
            let counts = try await live.loop.submit { [gateway = live.gateway] in gateway.value.servers.counts }.get()
            #expect(counts.failed == 1 && counts.crashed == 0)
        }
    }

    @Test func `counts a command that is not there`() async throws {
        let nobody: @Sendable (inout GatewayConfiguration) -> Void = { $0.command = ["no-such-program-here"] }
        try await LiveGateway.run("", configure: nobody) { live in
            for _ in 1...3 {
                #expect(try await live.post(LiveGateway.initialize).body.contains("no-such-program-here"))
            }
            let counts = try await live.loop.submit { [gateway = live.gateway] in gateway.value.servers.counts }.get()
            #expect(counts.failed == 2)
        }
    }

    @Test func `asks to be replaced once it was unhealthy for too long`() async throws {
        try await LiveGateway.run(Self.server, configure: { $0.observing.unhealthyTime = .zero }) { live in
            let (calls, feed) = AsyncStream.makeStream(of: Void.self)
            try await live.loop.submit { [gateway = live.gateway] in
                gateway.value.onBroken = { feed.yield() }
                for _ in 1...5 { gateway.value.servers.failed("x") }
            }.get()
            for await _ in calls { break }
        }
    }

    @Test func `counts calls by method, tool and outcome`() async throws {
        try await LiveGateway.run(Self.server) { live in
            let session = try await live.post(LiveGateway.initialize).headers.first(name: "mcp-session-id")
            for (id, name) in [(2, "echo"), (3, "echo"), (4, "die")] {
                let call = #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(name)"}}"#
                let answer = try await live.post(call, session: session)
                #expect(answer.headers["x-request-id"].count == 1)
            }
            #expect(try await live.post("[]x", session: session).status == .badRequest)
            let page = try await page(live)
            for line in [
                #"slipway_calls_total{era="legacy",method="tools/call",tool="echo",outcome="ok"} 2"#,
                #"slipway_calls_total{era="legacy",method="tools/call",tool="other",outcome="failed"} 1"#,
                #"slipway_calls_total{era="legacy",method="initialize",tool="",outcome="ok"} 1"#,
                #"slipway_call_duration_seconds_count{method="tools/call"} 3"#,
                #"slipway_refused_total{reason="malformed"} 1"#, "slipway_server_crashes_total 1",
                "slipway_sessions 1", "slipway_server_starts_total 1",
            ] { #expect(page.contains("\n\(line)\n"), "\(line)\n\(page)") }
        }
    }

    @Test func `shows nothing that docs/gateway.md does not explain`() async throws {
        let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../docs/gateway.md")
        let text = try String(contentsOf: docs, encoding: .utf8)
        try await LiveGateway.run(Self.server) { live in
            let names = try await live.loop.submit { [gateway = live.gateway] in
                gateway.value.metricFamilies.map(\.name)
            }.get()
            #expect(names.count > 20)
            for name in names { #expect(text.contains("`\(name)`"), "\(name)") }
            for outcome in CallOutcome.allCases { #expect(text.contains("`\(outcome.rawValue)`"), "\(outcome)") }
        }
    }
}
