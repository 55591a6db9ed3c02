import Foundation
import NIOCore
import Testing

@testable import GatewayRuntime

/// An end that always comes, and takes everything with it.
@Suite(.timeLimit(.minutes(3)), .serialized) struct `A child process that is stopped` {
    private func pid(_ event: ChildStage.Event) throws -> Int32 {
        guard case .wrote(let text) = event else { throw ChildStage.NothingHappened() }
        return try #require(Int32(text))
    }

    /// Where a child can leave word of how it was ended.
    private static func file() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("slipway-\(UUID())").path
    }

    @Test func `may end in its own way when its input ends`() async throws {
        let said = Self.file()
        defer { try? FileManager.default.removeItem(atPath: said) }  // it may not have been written
        try await ChildStage.run("cat; echo bye >\(said); exit 0") { child in
            try await child.send("hello")
            #expect(try await child.next() == .wrote("hello"))
            try await child.use { $0.stop() }
            try await child.goneForGood()
            #expect(FileManager.default.fileExists(atPath: said))
            #expect(!LiveProcess.exists(child.process))
        }
    }

    @Test func `ends on SIGTERM where it passes over the end of its input`() async throws {
        let said = Self.file()
        defer { try? FileManager.default.removeItem(atPath: said) }  // it may not have been written
        try await ChildStage.run("trap 'echo bye >\(said); exit 0' TERM; echo ready; sleep 100 & wait") { child in
            #expect(try await child.next() == .wrote("ready"))
            try await child.use { $0.stop() }
            try await child.goneForGood()
            #expect(FileManager.default.fileExists(atPath: said))
        }
    }

    @Test func `is killed where it passes over SIGTERM too, but not before its time`() async throws {
        try await ChildStage.run("trap '' TERM; echo ready; while :; do sleep 0.05; done") { child in
            #expect(try await child.next() == .wrote("ready"))
            let start = ContinuousClock.now
            try await child.use { $0.stop() }
            try await child.goneForGood()
            let patience = ChildProcess.patience.beforeTerminate + ChildProcess.patience.beforeKill
            #expect(ContinuousClock.now - start >= .nanoseconds(patience.nanoseconds))
            #expect(ContinuousClock.now - start < .seconds(10))
            #expect(!LiveProcess.exists(child.process))
        }
    }

    @Test func `takes its own children with it`() async throws {
        try await ChildStage.run("trap '' TERM; sleep 100 & echo $!; cat; wait") { child in
            let grandchild = try pid(await child.next())
            #expect(LiveProcess.runs(grandchild))
            try await child.use { $0.stop() }
            #expect(try await LiveProcess.ends(grandchild))
            try await child.goneForGood()
        }
    }

    @Test func `takes its own children with it where it ends by itself`() async throws {
        try await ChildStage.run("sleep 100 >/dev/null 2>&1 & echo $!; exit 0") { child in
            let grandchild = try pid(await child.next())
            #expect(try await child.next() == .ended("it exited with status 0"))
            #expect(try await LiveProcess.ends(grandchild))
        }
    }

    @Test func `is gone at once where it is killed`() async throws {
        let said = Self.file()
        defer { try? FileManager.default.removeItem(atPath: said) }  // it should not have been written
        try await ChildStage.run("trap 'echo asked >\(said)' TERM; echo ready; sleep 100 & wait; sleep 100") { child in
            #expect(try await child.next() == .wrote("ready"))
            try await child.use { $0.kill() }
            try await child.goneForGood()
            #expect(!FileManager.default.fileExists(atPath: said))
            #expect(!LiveProcess.exists(child.process))
        }
    }

    @Test func `says nothing more, not even that it ended`() async throws {
        try await ChildStage.run("trap '' TERM; echo ready; cat >/dev/null; echo late; exit 5") { child in
            #expect(try await child.next() == .wrote("ready"))
            try await child.use { $0.stop() }
            try await child.goneForGood()
            #expect(await child.rest() == [])
        }
    }

    @Test func `leaves no zombie where it ends by itself`() async throws {
        for script in ["exit 0", "kill -9 $$"] {
            try await ChildStage.run(script) { child in
                _ = try await child.story()
                try await child.goneForGood()
                #expect(!LiveProcess.exists(child.process))
            }
        }
    }
}
