import Testing

extension `The built programs` {
    /// The journey of one real client through two replicas behind a balancer that deals without affinity.
    @Suite struct `with a real client` {
        struct Journey: Decodable {
            let revision: String
            let tools: [String]
            let echo: String
            let progress: [Progress]
            let slow: String
            let asked: [String]
            let answer: String
            let counts: [String]
            let forwarded: Int
            /// Sessions and children over all replicas: while the client is there, and a few seconds after it left.
            let during: Load
            let after: Load
        }

        struct Progress: Decodable, Equatable {
            let progress: Double
            let total: Double?
        }

        struct Load: Decodable, Equatable {
            let sessions: Int
            let children: Int
        }

        @Test(.timeLimit(.minutes(3)))
        func `mcp 1.30 for Python gets everything in one session`() async throws {
            try await takesTheJourney("client_1_30.py", .mcp1)
        }

        @Test(.timeLimit(.minutes(3)))
        func `mcp 2.3 for Python gets everything in one session`() async throws {
            // As it comes, it asks for the newer revision first.
            try await takesTheJourney("client_2_3.py", .mcp2, ["SLIPWAY_ERAS": "sessions"])
        }

        /// Revision 2026-07-28 knows no sessions: the replica that a request reaches serves it, from a process that
        /// other requests use too.
        @Test(.timeLimit(.minutes(3)))
        func `mcp 2.3 as it comes gets everything without a session`() async throws {
            try await RunningFleet.with { fleet in
                let words = [fleet.url] + fleet.replicaURLs
                let journey: Journey = try await Python.run("client_2_3.py", with: .mcp2, words)
                #expect(journey.revision == "2026-07-28")
                expectFeatures(journey, fleet)
                #expect(journey.counts.count == 200 && journey.forwarded == 0)
                #expect(journey.after.sessions == 0)
            }
        }

        private func takesTheJourney(
            _ script: String,
            _ interpreter: Python.Interpreter,
            _ settings: [String: String] = [:]
        ) async throws {
            try await RunningFleet.with(settings: settings) { fleet in
                let words = [fleet.url] + fleet.replicaURLs
                let journey: Journey = try await Python.run(script, with: interpreter, words)
                #expect(journey.revision == "2025-11-25")
                expectFeatures(journey, fleet)
                #expect(journey.counts == (1...200).map(String.init), fleet.log)
                #expect((80...120).contains(journey.forwarded), "of 200 calls, \(journey.forwarded) were forwarded")
                #expect(journey.during == Load(sessions: 1, children: 1))
                #expect(journey.after == Load(sessions: 0, children: 0), fleet.log)
            }
        }

        private func expectFeatures(_ journey: Journey, _ fleet: RunningFleet) {
            #expect(journey.tools == ["echo", "count", "slow", "ask", "where"])
            #expect(journey.echo == "grüße 👋")
            #expect(journey.progress == [1, 2, 3, 4].map { Progress(progress: $0, total: 4) }, fleet.log)
            #expect(journey.slow.hasPrefix("waited"))
            #expect(journey.asked == ["What is the answer?"])
            #expect(journey.answer == "forty-two")
        }
    }
}
