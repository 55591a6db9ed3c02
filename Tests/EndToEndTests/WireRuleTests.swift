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

        /// How the fleet speaks to its server, and how new that one is.
        enum Server: String, CaseIterable {
            case olderOverPipes, newerOverPipes, newerOverHTTP

            var url: String? { self == .newerOverHTTP ? "http://127.0.0.1:9000/mcp" : nil }

            var command: [String] {
                let (interpreter, name): (Python.Interpreter, _) = self == .olderOverPipes ? (.mcp1, "1") : (.mcp2, "2")
                let script = BuiltPrograms.fixture("matrix/server_mcp\(name).py")
                return [interpreter.path, script, url == nil ? "stdio" : "http"]
            }

            /// Rules of 2026-07-28 that can't be kept, or are not yet.
            var leftOut: [String] {
                let arguments = ["that differs", "that is missing", "in bad base64"]
                // Only the server knows which arguments are mirrored in headers, and behind a pipe it sees no headers.
                let mirrored = url == nil ? arguments.map { "a mirrored argument \($0)" } : []
                // What a server of this revision announces is heard by those who listen at the same replica.
                let hearing = self == .olderOverPipes ? [] : (0..<4).map { "hearing \($0)" }
                return mirrored + hearing
            }
        }

        @Test(.timeLimit(.minutes(5)), arguments: Server.allCases)
        func `keep the rules of the revisions with sessions`(_ server: Server) async throws {
            // A client that does not list event streams under Accept is answered all the same.
            try await hold(server, "matrix/legacy_wire.py", leavingOut: ["accepts JSON only"], rules: 50)
        }

        @Test(.timeLimit(.minutes(5)), arguments: Server.allCases)
        func `keep the rules of revision 2026-07-28`(_ server: Server) async throws {
            try await hold(server, "matrix/modern_wire.py", leavingOut: server.leftOut, rules: 200)
        }

        private func hold(
            _ server: Server,
            _ script: String,
            leavingOut names: [String],
            rules: Int
        ) async throws {
            try await RunningFleet.with(command: server.command, url: server.url, within: .seconds(120)) { fleet in
                let verdict: Verdict = try await Python.run(script, [fleet.url] + names)
                #expect(verdict.broken == [], fleet.log)
                #expect(verdict.rules >= rules)
            }
        }
    }
}
