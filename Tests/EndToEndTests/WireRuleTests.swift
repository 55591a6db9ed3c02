import Testing

extension `The built programs` {
    /// The rules of the wire, one request each, with no SDK between the test and the socket.
    /// `Fixtures/matrix/legacy_wire.py` and `modern_wire.py` hold any endpoint to them.
    @Suite struct `on the wire` {
        struct Verdict: Decodable {
            let rules: Int
            let broken: [Broken]
        }

        struct Broken: Decodable, Equatable {
            let name: String
            let wanted: String
            let got: String
        }

        @Test(.timeLimit(.minutes(3)))
        func `keep the rules of the revisions with sessions`() async throws {
            // A client that does not list event streams under Accept is answered all the same.
            let kinder = ["accepts JSON only"]
            let absent = ["another session gets nothing of it"]
            try await hold("matrix/legacy_wire.py", leavingOut: kinder + absent, rules: 50)
        }

        @Test(.timeLimit(.minutes(3)))
        func `keep the rules of revision 2026-07-28`() async throws {
            // Only the server knows which arguments are mirrored in headers, and it does not see headers.
            let servers = ["that differs", "that is missing", "in bad base64"].map { "a mirrored argument \($0)" }
            try await hold("matrix/modern_wire.py", leavingOut: servers, rules: 200)
        }

        private func hold(_ script: String, leavingOut names: [String], rules: Int) async throws {
            let server = [Python.Interpreter.mcp1.path, BuiltPrograms.fixture("matrix/server_mcp1.py"), "stdio"]
            try await RunningFleet.with(command: server) { fleet in
                let verdict: Verdict = try await Python.run(script, [fleet.url] + names)
                #expect(verdict.broken == [], fleet.log)
                #expect(verdict.rules >= rules)
            }
        }
    }
}
