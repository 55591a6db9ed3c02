import Testing

extension `The built programs` {
    @Suite struct `over plain HTTP` {
        struct Answers: Decodable {
            let health: Int
            let healthStatus: String
            let foreignOrigin: Int
            let unknownSession: Refusal
            let forgedSession: Refusal
            let deletion: Int
            let afterDeletion: Refusal
            let unknownRevision: Int
            let firstStream: Stream
            let secondStream: Stream
        }

        struct Refusal: Decodable, Equatable {
            let status: Int
            /// Whether the body is a JSON-RPC error.
            let isError: Bool
        }

        struct Stream: Decodable, Equatable {
            let status: Int
            let contentType: String
            /// Whether the stream had ended once the second was open.
            let ended: Bool
        }

        @Test(.timeLimit(.minutes(2)))
        func `keep the rules of Streamable HTTP`() async throws {
            try await RunningFleet.with { fleet in
                let answers: Answers = try await Python.run("http_rules.py", [fleet.url])
                #expect(answers.health == 200)
                #expect(answers.healthStatus == "ok")
                #expect(answers.foreignOrigin == 403)
                #expect(answers.unknownSession == Refusal(status: 404, isError: true))
                #expect(answers.forgedSession == Refusal(status: 404, isError: true))
                #expect([200, 202, 204].contains(answers.deletion))
                #expect(answers.afterDeletion == Refusal(status: 404, isError: true))
                #expect(answers.unknownRevision == 400)
                let open = "text/event-stream"
                #expect(answers.firstStream == Stream(status: 200, contentType: open, ended: true), fleet.log)
                #expect(answers.secondStream == Stream(status: 200, contentType: open, ended: false), fleet.log)
            }
        }
    }
}
