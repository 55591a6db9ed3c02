import Foundation
import Testing

extension `The built programs` {
    /// A real client whose connections are cut in the middle of a call, by a proxy between it and the replicas.
    @Suite struct `when a connection breaks` {
        struct Outcome: Decodable {
            let answer: String
            let steps: [Double]
            let same_process: Bool
            let next: String
        }

        enum Client: String, CaseIterable {
            case mcp1 = "resumption_1_30.py"
            case mcp2 = "resumption_2_3.py"

            var interpreter: Python.Interpreter { self == .mcp1 ? .mcp1 : .mcp2 }
        }

        enum Way: String, CaseIterable {
            /// Back to the session's own replica.
            case direct
            /// Back to another replica, which passes the stream on.
            case hop
        }

        @Test(.timeLimit(.minutes(2)), arguments: Client.allCases, Way.allCases)
        func `the client gets the rest of its call`(_ client: Client, _ way: Way) async throws {
            try await interrupted(client, way.rawValue) { outcome, log in
                #expect(outcome.answer.hasPrefix("waited"), log)
                #expect(outcome.steps == (1...8).map(Double.init), log)
                #expect(outcome.same_process, log)
                #expect(outcome.next == "still here", log)
            }
        }

        @Test(.timeLimit(.minutes(2)), arguments: Client.allCases)
        func `the client is told where the rest is lost with its replica`(_ client: Client) async throws {
            try await interrupted(client, "moved") { outcome, log in
                #expect(outcome.answer.hasPrefix("error -32603"), log)
                #expect(!outcome.same_process, log)
                #expect(outcome.next == "still here", log)
            }
        }

        private func interrupted(
            _ client: Client,
            _ way: String,
            _ judge: (Outcome, Comment) -> Void
        ) async throws {
            try await RunningFleet.with { fleet in
                let (owner, other) = (fleet.replicas[0], fleet.replicas[1])
                let words = [owner.url, other.url, "\(owner.process)", way]
                let outcome: Outcome = try await Python.run(client.rawValue, with: client.interpreter, words)
                judge(outcome, Comment(rawValue: "\(outcome); \(fleet.log.rawValue)"))
            }
        }
    }
}
