import Testing

extension `The built programs` {
    /// A server that misbehaves in every way a pipe allows.
    @Suite struct `with a hostile server` {
        struct Outcome: Decodable, Sendable {
            let status: Int
            /// Whether the answer was, to the byte, what the server meant to say.
            let isRight: Bool
            /// The JSON-RPC error's code, where the answer was one.
            let error: Int?
            let seconds: Double
            /// Whether the same session answered a plain call afterwards, and how long that took.
            let nextIsRight: Bool
            let nextSeconds: Double
        }

        /// Seconds. An idle machine needs 0.1 for the slowest of them; a busy one is not what is tested here.
        private static let limit = 10.0

        @Test(
            .timeLimit(.minutes(3)),
            arguments: ["large-line", "large-line-and-close", "loud-stderr", "noise", "split-character"]
        )
        func `still give the right answer`(_ misbehaviour: String) async throws {
            try await withOutcomes(of: misbehaviour) { outcomes, fleet in
                for outcome in outcomes {
                    #expect(outcome.isRight && outcome.error == nil, "\(outcome)")
                    #expect(outcome.seconds < Self.limit, fleet.log)
                    #expect(outcome.nextIsRight && outcome.nextSeconds < Self.limit, "\(outcome)")
                }
            }
        }

        @Test(.timeLimit(.minutes(3)), arguments: ["death", "death-beside-another-call"])
        func `answer every call with one error and serve the next`(_ misbehaviour: String) async throws {
            try await withOutcomes(of: misbehaviour) { outcomes, fleet in
                for outcome in outcomes {
                    #expect(outcome.error != nil, "\(outcome)")
                    #expect(outcome.seconds < Self.limit, fleet.log)
                    #expect(outcome.nextIsRight && outcome.nextSeconds < Self.limit, "\(outcome)")
                }
            }
        }

        /// One outcome per call that was under way.
        private func withOutcomes(
            of misbehaviour: String,
            _ judge: ([Outcome], RunningFleet) throws -> Void
        ) async throws {
            let server = ["python3", BuiltPrograms.fixture("hostile_server.py")]
            try await RunningFleet.with(command: server) { fleet in
                // Closing is between a client and the replica itself: the balancer keeps its connections.
                let url = misbehaviour.hasSuffix("-and-close") ? fleet.replicas[0].url + "/mcp" : fleet.url
                let outcomes: [Outcome] = try await Python.run("hostile_calls.py", [url, misbehaviour])
                #expect(!outcomes.isEmpty)
                try judge(outcomes, fleet)
            }
        }
    }
}
