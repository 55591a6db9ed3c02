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
                let gone = try await eventually(within: .seconds(5)) { tree.alive.isEmpty }
                #expect(gone, "still alive: \(tree.alive); \(fleet.log)")
            }
        }

        @Test(.timeLimit(.minutes(2)), arguments: [[], ["python3", BuiltPrograms.fixture("stubborn_server.py")]])
        func `leave nobody behind on Ctrl-C`(_ command: [String]) async throws {
            var tree: ProcessTree?
            let status = try await RunningFleet.with(command: command) { fleet in
                tree = try await everyone(in: fleet)
            }
            #expect(status == .exited(0) || status == .exited(130))
            let left = try #require(tree)
            defer { left.killEveryone() }
            #expect(left.alive == [])
        }

        @Test(.timeLimit(.minutes(2)))
        func `replace a replica that is killed`() async throws {
            try await RunningFleet.with { fleet in
                let before = try ProcessTree(below: fleet.process).named("slipway-gateway").map(\.process)
                #expect(Set(before) == Set(fleet.replicas.map(\.process)))
                kill(fleet.replicas[0].process, SIGKILL)
                let replaced = try await eventually(within: .seconds(8)) {
                    let now = try ProcessTree(below: fleet.process).named("slipway-gateway").map(\.process)
                    return now.count == 2 && now.contains { !before.contains($0) }
                }
                #expect(replaced, fleet.log)
                let opened: [Opened] = try await Python.run("open_sessions.py", [fleet.url, "4"])
                #expect(opened.count == 4, fleet.log)
            }
        }

        struct Drained: Decodable {
            let replica: String
            let slow: String?
            let error: String?
            let next: String?
        }

        @Test(.timeLimit(.minutes(2)))
        func `let a call finish on a replica that is told to stop`() async throws {
            try await RunningFleet.with { fleet in
                let replicas = fleet.replicas.map { "\($0.url)=\($0.process)" }
                let drained: Drained = try await Python.run("call_during_stop.py", [fleet.url] + replicas)
                #expect(drained.slow?.hasPrefix("waited") == true, "\(drained); \(fleet.log)")
                #expect(drained.next == "still here", "\(drained); \(fleet.log)")
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
