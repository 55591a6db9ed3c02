import Testing

extension `The built programs` {
    @Suite struct `with clients that use the same ids` {
        struct Rounds: Decodable {
            let rounds: Int
            /// What went wrong, in words.
            let mistakes: [String]
        }

        @Test(.timeLimit(.minutes(3)))
        func `never give one client another's answer`() async throws {
            try await RunningFleet.with { fleet in
                let answer: Rounds = try await Python.run("same_ids.py", [fleet.url, "1000"])
                #expect(answer.rounds == 1_000)
                #expect(answer.mistakes == [], fleet.log)
            }
        }

        @Test(.timeLimit(.minutes(3)))
        func `never give one client another's answer when both share a server`() async throws {
            try await RunningFleet.with(settings: ["SLIPWAY_CHILDREN": "shared"]) { fleet in
                let answer: Rounds = try await Python.run("same_ids.py", [fleet.url, "1000"])
                #expect(answer.rounds == 1_000)
                #expect(answer.mistakes == [], fleet.log)
            }
        }
    }
}
