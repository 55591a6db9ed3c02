import Testing

extension `The built programs` {
    /// The real clients, each in every mode it has, against a server of each SDK: every feature is taken once through
    /// two replicas behind a balancer that deals without affinity, and once straight to the same server over HTTP. The
    /// two accounts must be the same, and every message on the wire must be one of its revision's schema.
    ///
    /// `Fixtures/matrix/README.md` says how; `explained.py` there says which differences are as they should be.
    @Suite struct `with every client and every server` {
        struct Account: Decodable, Sendable {
            let cells: [Cell]
            /// The explanations that must explain something.
            let explanations: [String]
        }

        /// One client in one mode, through one fleet.
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

            var command: [String] { [interpreter.path, BuiltPrograms.fixture("matrix/server_\(rawValue).py")] }
        }

        @Test(.timeLimit(.minutes(5)), arguments: Server.allCases)
        func `a fleet shows what the server shows`(_ server: Server) async throws {
            // Two fleets: one speaks to the server's processes over their pipes, one to its own HTTP.
            try await RunningFleet.with(command: server.command + ["stdio"]) { pipes in
                let place = "http://127.0.0.1:9000/mcp"
                let command = server.command + ["http"]
                try await RunningFleet.with(command: command, url: place, within: .seconds(120)) { web in
                    let urls = ["stdio=\(pipes.url)", "http=\(web.url)"]
                    let words = [server.rawValue, server.interpreter.path, Python.environments] + urls
                    judge(try await Python.run("matrix/compare.py", with: .mcp2, words), pipes.log, web.log)
                }
            }
        }

        private func judge(_ account: Account, _ pipes: Comment, _ web: Comment) {
            #expect(account.cells.count >= 6)
            for cell in account.cells {
                #expect(cell.journeys >= 28, "\(cell.name)")
                let log = cell.name.hasSuffix("stdio") ? pipes : web
                #expect(cell.differing == [:], "\(cell.name); \(log)")
                #expect(cell.breaches == [], "\(cell.name)")
            }
            let used = Set(account.cells.flatMap(\.explained.values))
            #expect(Set(account.explanations).subtracting(used) == [], "these explain nothing any more")
        }
    }
}
