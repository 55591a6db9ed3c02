import Testing

extension `The built programs` {
    /// MCP servers that speak HTTP themselves, one beside each of two replicas.
    @Suite struct `in front of HTTP servers` {
        struct Journey: Decodable {
            let revision: String
            let tools: [String]
            let echo: String
            let progress: [Progress]
            let answer: String
            let counts: [String]
            let forwarded: Int
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

        @Test(.timeLimit(.minutes(5)), arguments: HTTPServer.all)
        func `serve real clients as the server alone would`(_ server: HTTPServer) async throws {
            try await RunningFleet.with(command: server.command, url: server.url, within: .seconds(120)) { fleet in
                let words = ["--legacy", "--short"] + (server.canSpeakFirst ? [] : ["--plain"])
                for (script, interpreter) in [("client_1_30.py", Python.Interpreter.mcp1), ("client_2_3.py", .mcp2)] {
                    let arguments = [fleet.url] + fleet.replicaURLs + words
                    judge(try await Python.run(script, with: interpreter, arguments), of: server, fleet)
                }
            }
        }

        private func judge(_ journey: Journey, of server: HTTPServer, _ fleet: RunningFleet) {
            #expect(journey.revision == "2025-11-25")
            #expect(journey.tools == ["echo", "count", "slow", "ask", "where"])
            #expect(journey.echo == "grüße 👋")
            #expect((10...30).contains(journey.forwarded), "of 40 calls, \(journey.forwarded) were forwarded")
            #expect(journey.during.sessions == 1, fleet.log)
            #expect(journey.after == Load(sessions: 0, children: 2), fleet.log)
            if !server.isStateless { #expect(journey.counts == (1...40).map(String.init), fleet.log) }
            guard server.canSpeakFirst else { return }
            #expect(journey.progress == [1, 2, 3, 4].map { Progress(progress: $0, total: 4) }, fleet.log)
            #expect(journey.answer == "forty-two")
        }

        struct Restarted: Decodable {
            /// What the call under way came to when its server was killed.
            let interrupted: String
            /// Seconds until it did.
            let seconds: Double
            let next: String
            let isOtherProcess: Bool
            let ended: Int
        }

        @Test(.timeLimit(.minutes(3)), arguments: [HTTPServer(.mcp1), HTTPServer(.mcp2)])
        func `go on with every session when a server is killed`(_ server: HTTPServer) async throws {
            try await RunningFleet.with(command: server.command, url: server.url, within: .seconds(120)) { fleet in
                let story: Restarted = try await Python.run("killed_upstream.py", [fleet.url])
                #expect(story.interrupted.hasPrefix("error {'code': -32603"), fleet.log)
                #expect(story.seconds < 10)
                #expect(story.next == "still here" && story.isOtherProcess, fleet.log)
                #expect(story.ended == 404, fleet.log)
            }
        }
    }
}
