import Foundation
import Testing

extension `The built programs` {
    /// What a gateway tells of itself, and what becomes of one whose server does not start.
    @Suite struct `seen from outside` {
        private static let gateway = BuiltPrograms.folder.appendingPathComponent("slipway-gateway").path

        struct Shown: Decodable {
            let statuses: [Int]
            let media: String
            let kinds: [String]
            let families: Int
            let calls: Double?
            let callsAway: Double?
            let received: Double?
            let forwarded: Double?
            let latency: Double?
            let refused: Double?
            let children: Double?
            let memory: Double?
            let emfFaults: [String]
            let emfService: String
            let names: [String]
            let owners: [Bool]
            let sessions: [String]
            let call: [String: String]
            let hasDuration: Bool
            let refusedReason: String
            let timesAreUTC: Bool
            let leaks: [String]
        }

        @Test(.timeLimit(.minutes(3)))
        func `show their calls to Prometheus, to CloudWatch and in the log, and nothing that is secret`() async throws {
            let words = [Self.gateway, BuiltPrograms.demoServer]
            let shown: Shown = try await Python.run("observed.py", with: .prometheus, words)
            #expect(shown.statuses == [200, 200, 404, 0, 0])
            #expect(shown.media == "text/plain; version=0.0.4; charset=utf-8")
            #expect(shown.kinds == ["counter", "gauge", "histogram"] && shown.families > 20)
            #expect(shown.calls == 2 && shown.callsAway == nil)
            #expect(shown.received == 1 && shown.forwarded == 1 && shown.latency == 2 && shown.refused == 1)
            #expect(shown.children == 1 && shown.memory ?? 0 > 1_000_000)
            #expect(shown.emfFaults == [] && shown.emfService == "echo")
            #expect(shown.names == [String](repeating: "4bf92f3577b34da6a3ce929d0e0e4736", count: 3))
            #expect(shown.owners == [true, true])
            #expect(shown.sessions[0] == shown.sessions[1] && shown.sessions[0].count == 8)
            #expect(
                shown.call == [
                    "http": "POST", "era": "legacy", "revision": "2025-11-25", "method": "tools/call", "tool": "echo",
                    "outcome": "ok",
                ]
            )
            #expect(shown.hasDuration && shown.timesAreUTC)
            #expect(shown.refusedReason == "unknown_session")
            #expect(shown.leaks == [])
        }

        struct Ended: Decodable {
            let before: Int
            let isOneErrorEach: Bool
            let tries: Int
            let held: Int
            let slowest: Double
            let firstWords: String
            let health: Int
            let status: String
            let reason: String
            let failedStarts: Int
            let live: Int
            let exit: Int
            let lastWords: String
        }

        @Test(
            .timeLimit(.minutes(3)),
            arguments: [
                (["sh", "-c", "exit 3"], "it exited with status 3"), (["no-such-program"], "could not be started"),
            ]
        )
        func `answer for a server that does not start, and end so that they are replaced`(
            _ command: [String],
            _ reason: String
        ) async throws {
            let ended: Ended = try await Python.run("crashing.py", [Self.gateway] + command)
            #expect(ended.before == 200 && ended.isOneErrorEach)
            // Each call in a pause is answered without a try.
            #expect(ended.tries == 5 && ended.held > 5)
            #expect(ended.slowest < 10)
            #expect(ended.firstWords.contains(reason))
            #expect(ended.health == 503 && ended.status == "unhealthy" && ended.live == 200)
            #expect(ended.reason.contains(reason) && ended.failedStarts == 5)
            #expect(ended.exit == 1)
            #expect(ended.lastWords.contains(reason) && ended.lastWords.contains("replaced"))
        }
    }
}
