import Foundation
import Testing

extension `The built programs` {
    /// A replica that neither answers nor dies.
    @Suite struct `while a replica is stopped` {
        struct Outcome: Decodable {
            let calls: [String]
            let slowest: Double
            let next: [Bool]
            let left: Int
            let children_left: Int
            let same: [Bool]
        }

        @Test(.timeLimit(.minutes(3)))
        func `end its calls with one error each, and go on with its sessions elsewhere`() async throws {
            try await RunningFleet.with(replicas: 3) { fleet in
                let stopped = fleet.replicas[0]
                defer { kill(stopped.process, SIGCONT) }
                let words = [stopped.url, "\(stopped.process)", fleet.replicas[1].url, fleet.replicas[2].url]
                let outcome: Outcome = try await Python.run("silent_replica.py", words)
                let log = Comment(rawValue: "\(outcome); \(fleet.log.rawValue)")
                #expect(outcome.calls == Array(repeating: "error", count: 6), log)
                // Some five seconds on an idle machine. A busy one must not take its own lateness for silence, and asks
                // again; without the watch the calls would last their forty seconds.
                #expect(outcome.slowest < 25, log)
                #expect(outcome.next == Array(repeating: true, count: 6), log)
                #expect(outcome.left == 0 && outcome.children_left == 0, log)
                #expect(outcome.same == Array(repeating: true, count: 6), log)
            }
        }
    }
}
