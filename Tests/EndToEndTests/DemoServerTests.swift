import Testing

extension `The built programs` {
    @Suite struct `without a gateway` {
        struct Answers: Decodable {
            let revisions: [String]
            let codes: [Int]
            let cancelled: Int
            let overtaken: [Int]
            let elicitation: Asked
            let sampling: Asked
            let refusal: Asked
            let neither: Asked
            let place: String
            let exit: Int
        }

        /// What the server asked its client, whether the tool failed, and what it said.
        struct Asked: Decodable, Equatable {
            let question: String?
            let isError: Bool
            let text: String

            init(_ question: String?, _ isError: Bool, _ text: String) {
                (self.question, self.isError, self.text) = (question, isError, text)
            }

            init(from decoder: any Decoder) throws {
                var parts = try decoder.unkeyedContainer()
                question = try parts.decodeIfPresent(String.self)
                isError = try parts.decode(Bool.self)
                text = try parts.decode(String.self)
            }
        }

        @Test(.timeLimit(.minutes(3)))
        func `the demo server is an MCP server by itself`() async throws {
            let answers: Answers = try await Python.run("demo_server.py", [BuiltPrograms.demoServer])
            #expect(answers.revisions == ["2025-03-26", "2025-06-18", "2025-11-25", "2025-11-25"])
            #expect(answers.codes == [-32_700, -32_600, -32_600, -32_601, -32_602])
            #expect(answers.cancelled == 6)
            #expect(answers.overtaken == [2, 1])
            #expect(answers.elicitation == Asked("elicitation/create", false, "Because."))
            #expect(answers.sampling == Asked("sampling/createMessage", false, "Because."))
            #expect(answers.refusal == Asked("elicitation/create", true, "The client answered with an error: Not now."))
            #expect(answers.neither.question == nil)
            #expect(answers.neither.isError)
            #expect(answers.place == "replica no gateway")
            #expect(answers.exit == 0)
        }
    }
}
