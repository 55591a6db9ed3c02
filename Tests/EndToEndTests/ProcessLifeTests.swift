import Foundation
import Subprocess
import Testing

extension `The built programs` {
    /// Who is alive when.
    @Suite struct `as processes` {
        struct Opened: Decodable {
            let session: String
        }

        @Test(.timeLimit(.minutes(2)), arguments: [[], ["python3", BuiltPrograms.fixture("stubborn_server.py")]])
        func `leave nobody behind when slipway is killed`(_ command: [String]) async throws {
            try await RunningFleet.with(command: command) { fleet in
                let tree = try await everyone(in: fleet)
                defer { tree.killEveryone() }
                kill(fleet.process, SIGKILL)
                let gone = try await eventually(within: .seconds(20)) { tree.alive.isEmpty }
                #expect(gone, "still alive: \(tree.alive); \(fleet.log)")
            }
        }

        @Test(.timeLimit(.minutes(2)), arguments: [[], ["python3", BuiltPrograms.fixture("stubborn_server.py")]])
        func `leave nobody behind on Ctrl-C`(_ command: [String]) async throws {
            var left: ProcessTree?
            let status = try await RunningFleet.with(command: command, inItsOwnGroup: true) { fleet in
                let tree = try await everyone(in: fleet)
                left = tree
                // A terminal sends the signal to everyone in the foreground.
                kill(-fleet.process, SIGINT)
                let gone = try await eventually(within: .seconds(20)) { tree.alive.isEmpty }
                #expect(gone, "still alive: \(tree.alive); \(fleet.log)")
            }
            left?.killEveryone()
            #expect(status == .exited(0) || status == .exited(130))
        }

        @Test(.timeLimit(.minutes(2)))
        func `replace a replica that is killed`() async throws {
            try await RunningFleet.with { fleet in
                let before = try ProcessTree(below: fleet.process).named("slipway-gateway").map(\.process)
                #expect(Set(before) == Set(fleet.replicas.map(\.process)))
                kill(fleet.replicas[0].process, SIGKILL)
                let replaced = try await eventually(within: .seconds(30)) {
                    let now = try ProcessTree(below: fleet.process).named("slipway-gateway").map(\.process)
                    return now.count == 2 && now.contains { !before.contains($0) }
                }
                #expect(replaced, fleet.log)
                let opened: [Opened] = try await Python.run("open_sessions.py", [fleet.url, "4"])
                #expect(opened.count == 4, fleet.log)
            }
        }

        struct Interrupted: Decodable {
            /// What the call under way was answered with, if it was.
            let answer: String?
            /// From the signal to the answer, or to the end of the connection.
            let seconds: Double
            let next: String?
        }

        @Test(.timeLimit(.minutes(2)), arguments: Route.allCases)
        func `let a call finish on a replica that is told to stop`(_ route: Route) async throws {
            try await interruptingACall(with: "SIGTERM", route) { interrupted, fleet in
                #expect(interrupted.answer?.hasPrefix("waited") == true, "\(interrupted); \(fleet.log)")
                #expect(interrupted.next == "still here", "\(interrupted); \(fleet.log)")
            }
        }

        @Test(.timeLimit(.minutes(2)), arguments: Route.allCases)
        func `let no call hang on a replica that is killed`(_ route: Route) async throws {
            try await interruptingACall(with: "SIGKILL", route) { interrupted, fleet in
                #expect(interrupted.answer.map(isError) == true, "\(interrupted); \(fleet.log)")
                #expect(interrupted.seconds < 5, "\(interrupted)")
                #expect(interrupted.next == "still here", "\(interrupted); \(fleet.log)")
            }
        }

        /// Whether the balancer deals the call to the replica that runs it or to the other one: it deals in turn, so
        /// one more request before the call makes the difference.
        enum Route: String, CaseIterable {
            case even, odd
        }

        private func isError(_ answer: String) -> Bool { answer.hasPrefix("error {'code'") }

        private func interruptingACall(
            with signal: String,
            _ route: Route,
            _ judge: (Interrupted, RunningFleet) throws -> Void
        ) async throws {
            try await RunningFleet.with { fleet in
                let replicas = fleet.replicas.map { "\($0.url)=\($0.process)" }
                let words = [fleet.url, signal, route.rawValue] + replicas
                try judge(try await Python.run("call_during_signal.py", words), fleet)
            }
        }

        /// Opens sessions until each replica has had one, and lists everyone who is then alive.
        private func everyone(in fleet: RunningFleet) async throws -> ProcessTree {
            let _: [Opened] = try await Python.run("open_sessions.py", [fleet.url, "4"])
            let tree = try ProcessTree(below: fleet.process)
            try #require(tree.named("slipway-gateway").count == fleet.replicas.count, "\(tree.members)")
            try #require(tree.members.count >= 1 + fleet.replicas.count + 4, "\(tree.members)")
            return tree
        }
    }
}
