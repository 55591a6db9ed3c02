import Testing

extension `The built programs` {
    /// Three clients on one server process, which is an SDK's and knows nothing of them.
    @Suite struct `with one server for all clients` {
        struct Story: Decodable {
            struct Seen: Decodable {
                let subscribed: [String]
                let cancelled: [String]
            }

            /// What each heard of its own call: the answer, then the progress.
            let progress: [[String]]
            let talks: [String]
            let logs: [[String]]
            let updates: [[String]]
            let waited: String
            let seen: Seen
            /// What the tool says that asks its client something, and whether that is an error.
            let asked: [Answer]
            let questions: [[String]]
        }

        struct Answer: Decodable {
            let text: String
            let isError: Bool

            init(from decoder: any Decoder) throws {
                var parts = try decoder.unkeyedContainer()
                text = try parts.decode(String.self)
                isError = try parts.decode(Bool.self)
            }
        }

        @Test(
            .timeLimit(.minutes(3)),
            arguments: [("shared_1_30.py", Python.Interpreter.mcp1), ("shared_2_3.py", .mcp2)]
        )
        func `let nothing cross`(_ script: String, _ interpreter: Python.Interpreter) async throws {
            let server = [Python.Interpreter.mcp1.path, BuiltPrograms.fixture("shared_server.py")]
            let settings = ["SLIPWAY_CHILDREN": "shared"]
            try await RunningFleet.with(replicas: 1, command: server, settings: settings) { fleet in
                let story: Story = try await Python.run(script, with: interpreter, [fleet.url])
                #expect(story.progress == ["a", "b", "c"].map { name in [name] + (1...4).map { "\(name) \($0)" } })
                #expect(story.talks == ["a", "b", "c"])
                #expect(story.logs == [[], [], []], "nobody hears what may be another's")
                #expect(story.updates == [["test://one"], ["test://two", "test://two"], ["test://two"]], fleet.log)
                #expect(story.waited == "b")
                #expect(story.seen.cancelled == ["a"])
                #expect(story.seen.subscribed == ["test://one", "test://two"], "each of them once")
                #expect(story.asked.allSatisfy { $0.isError && $0.text.contains("shared by several clients") })
                #expect(story.questions == [[], [], []])
            }
        }
    }
}
