import Testing

extension `The built programs` {
    /// The real clients, each in every mode it has, against a server of each SDK: every feature is taken once through
    /// two replicas behind a balancer that deals without affinity, and once straight to the same server over HTTP. The
    /// two accounts must be the same, and every message on the wire must be one of its revision's schema.
    ///
    /// `Fixtures/matrix/compare.py` does it and `explained.py` says which differences are as they should be.
    @Suite struct `with every client and every server` {
        struct Account: Decodable, Sendable {
            let cells: [Cell]
            /// The explanations that must explain something.
            let explanations: [String]
        }

        /// One client in one mode.
        struct Cell: Decodable, Sendable {
            let name: String
            let journeys: Int
            /// What parts the two accounts, by journey.
            let differing: [String: String]
            let explained: [String: String]
            /// Rules of the wire that only the fleet breaks.
            let breaches: [String]
        }

        enum Server: String, CaseIterable, Sendable {
            case mcp1, mcp2, fastmcp

            var interpreter: Python.Interpreter {
                switch self {
                case .mcp1: .mcp1
                case .mcp2: .mcp2
                case .fastmcp: .fastmcp
                }
            }

            var script: String { "matrix/server_\(rawValue).py" }
        }

        @Test(.timeLimit(.minutes(5)))
        func `a fleet shows what the server shows`() async throws {
            let accounts = try await withThrowingTaskGroup(of: Account.self) { group in
                // All at once: most of a journey is waiting.
                for server in Server.allCases { group.addTask { try await account(of: server) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let cells = accounts.flatMap(\.cells)
            for cell in cells {
                #expect(cell.journeys >= 28, "\(cell.name)")
                #expect(cell.differing == [:], "\(cell.name)")
                #expect(cell.breaches == [], "\(cell.name)")
            }
            let used = Set(cells.flatMap(\.explained.values))
            #expect(Set(accounts.flatMap(\.explanations)).subtracting(used) == [], "these explain nothing any more")
        }

        private func account(of server: Server) async throws -> Account {
            let command = [server.interpreter.path, BuiltPrograms.fixture(server.script), "stdio"]
            var account: Account?
            try await RunningFleet.with(command: command) { fleet in
                let words = [server.rawValue, server.interpreter.path, Python.environments, "stdio=\(fleet.url)"]
                account = try await Python.run("matrix/compare.py", with: .mcp2, words)
            }
            return try #require(account)
        }
    }
}
