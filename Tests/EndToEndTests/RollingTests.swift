import Foundation
import Testing

extension `The built programs` {
    /// Every replica replaced, one after another, twice, under fifty sessions that call without pause.
    @Suite struct `while every replica is replaced` {
        struct Outcome: Decodable {
            let calls: Int
            /// Calls that were answered with a JSON-RPC error of their own id.
            let errors: Int
            /// Calls that were answered in any other way, or not at all.
            let failures: [String]
            /// Seconds from a call to its error.
            let slowest_error: Double
            let lost_sessions: Int
            /// Sessions that hung.
            let alive: Int
            /// What the errors said.
            let said: [String]?
        }

        @Test(.timeLimit(.minutes(5)), arguments: ServerKind.allCases)
        func `lose no call and no session to SIGTERM`(_ kind: ServerKind) async throws {
            try await replacing(with: "SIGTERM", kind) { outcome, log in
                #expect(outcome.errors == 0, "\(outcome); \(log)")
            }
        }

        @Test(.timeLimit(.minutes(5)), arguments: ServerKind.allCases)
        func `lose only calls in flight to SIGKILL, each told within two seconds, and no session`(
            _ kind: ServerKind
        ) async throws {
            try await replacing(with: "SIGKILL", kind) { outcome, log in
                // Four replicas were killed, and each of fifty sessions has one call in flight.
                #expect(outcome.errors <= 4 * 50, "\(outcome); \(log)")
                // Two seconds with a processor to run on; a second more for each that a busy machine takes away.
                #expect(outcome.slowest_error < 5, "\(outcome); \(log)")
            }
        }

        /// The demo server as a process per session, or an HTTP server for each replica.
        enum ServerKind: CaseIterable { case stdio, http }

        private func replacing(
            with signal: String,
            _ kind: ServerKind,
            _ judge: (Outcome, Comment) -> Void
        ) async throws {
            let server = kind == .http ? HTTPServer.native : nil
            try await RunningFleet.with(command: server?.command ?? [], url: server?.url) { fleet in
                let replicas = fleet.replicas.map { "\($0.process)@\($0.url)" }
                let outcome: Outcome = try await Python.run("rolling.py", [fleet.url, signal, "50", "2"] + replicas)
                #expect(outcome.calls > 500, "\(outcome)")
                #expect(outcome.failures == [], fleet.log)
                #expect(outcome.lost_sessions == 0, fleet.log)
                #expect(outcome.alive == 0, fleet.log)
                judge(outcome, fleet.log)
            }
        }
    }
}
