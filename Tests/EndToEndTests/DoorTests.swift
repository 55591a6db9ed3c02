import Testing

extension `The built programs` {
    /// Who may come in, with an authorization server of the test's own and real gateways.
    @Suite struct `at the door` {
        struct Answer: Decodable, Equatable {
            let status: Int
            var error: String?
            var challenge: String?
        }

        struct Sessions: Decodable {
            let echoes: [String]
            let owned: Answer
            /// Calls that the second replica passed on, and that the first received.
            let passedOn: [Int]
            let anotherHere: Answer
            let anotherThere: Answer
            let invented: Answer
            let nobodyHere: Answer
            let nobodyThere: Answer
            let forgedHop: Answer
            let newToken: Answer
            let withoutScope: Answer
            let resumed: Answer
            let notResumedForAnother: Answer
            let asked: [String]
        }

        struct SignIn: Decodable {
            let echo: String
            let scope: String
            let asked: [String]
            let first: Request
        }

        struct Request: Decodable, Equatable {
            let method: String
            let path: String
            let status: Int

            init(from decoder: any Decoder) throws {
                var fields = try decoder.unkeyedContainer()
                method = try fields.decode(String.self)
                path = try fields.decode(String.self)
                status = try fields.decode(Int.self)
            }
        }

        struct Fetches: Decodable {
            let byFlag: Fetched
            let byVariable: Fetched
            let byTheSystem: Fetched
            let byAnother: Fetched
            let misnamed: Fetched
            let refusal: String
        }

        struct Fetched: Decodable, Equatable {
            let status: Int
            let retryAfter: String?
        }

        private static let metadata = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp"

        @Test(.timeLimit(.minutes(3)))
        func `keep a session to the one who began it, on every replica`() async throws {
            let found: Sessions = try await Python.run("door_sessions.py", with: .mcp2, BuiltPrograms.gatewayAndServer)
            #expect(found.echoes == (0..<10).map { "call \($0)" })
            #expect(found.owned == Answer(status: 200))
            #expect(found.passedOn == [1, 1])
            #expect(found.newToken == Answer(status: 200))
            let lost = Answer(status: 404, error: "Session not found; send initialize to begin a new one.")
            for answer in [found.anotherHere, found.anotherThere, found.invented, found.notResumedForAnother] {
                #expect(answer == lost)
            }
            for answer in [found.nobodyHere, found.nobodyThere, found.forgedHop] {
                #expect(answer.status == 401)
                #expect(answer.challenge == #"Bearer resource_metadata="\#(Self.metadata)", scope="mcp:use""#)
            }
            #expect(found.withoutScope.status == 403)
            #expect(found.withoutScope.challenge?.hasPrefix(#"Bearer error="insufficient_scope", "#) == true)
            #expect(found.resumed == Answer(status: 200))
            // Each replica looked for the keys once, at its start.
            #expect(found.asked.filter { $0 == "/keys" }.count == 2)
        }

        @Test(.timeLimit(.minutes(3)))
        func `lead mcp 2.3 from a 401 to its token and to a call`() async throws {
            let found: SignIn = try await Python.run("door_oauth.py", with: .mcp2, BuiltPrograms.gatewayAndServer)
            #expect(found.echo == "signed in")
            #expect(found.scope == "mcp:use")
            #expect(found.asked.contains("/register"))
            #expect(found.asked.contains("/authorize"))
            #expect(found.asked.contains("/token"))
        }

        @Test(.timeLimit(.minutes(3)))
        func `fetch keys over TLS from nobody who is not vouched for`() async throws {
            let found: Fetches = try await Python.run("door_tls.py", with: .mcp2, BuiltPrograms.gatewayAndServer)
            #expect(found.byFlag == Fetched(status: 200, retryAfter: nil))
            #expect(found.byVariable == Fetched(status: 200, retryAfter: nil))
            for refused in [found.byTheSystem, found.byAnother, found.misnamed] {
                #expect(refused == Fetched(status: 503, retryAfter: "2"))
            }
            #expect(found.refusal.contains("--jwks-ca: '"))
            #expect(found.refusal.contains("is no PEM file with certificates."))
        }
    }
}
