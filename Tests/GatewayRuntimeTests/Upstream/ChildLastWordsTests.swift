import Testing

@testable import GatewayRuntime

/// What a child says just before its end is what tells why it ended.
@Suite(.timeLimit(.minutes(3)), .serialized) struct `A child's last words` {
    @Test func `are heard on its standard error where the gateway looks only after its end`() async throws {
        for _ in 1...10 {
            try await ChildStage.run("echo no such module >&2; exit 1") { child in
                try await child.use { LiveProcess.hasExited($0.process) }
                let story = try await child.story()
                #expect(story == [.complained("no such module"), .ended("it exited with status 1")])
            }
        }
    }

    @Test func `are heard though no line break ends them`() async throws {
        try await ChildStage.run("printf 'no such module' >&2; sleep 0.1; exit 1") { child in
            let story = try await child.story()
            #expect(story == [.complained("no such module"), .ended("it exited with status 1")])
        }
    }

    /// As of one that was told to exit, answers, and is sent one more notification meanwhile.
    @Test func `are heard though it closed its input and was written to once more`() async throws {
        try await ChildStage.run("read -r line; exec <&-; echo closed >&2; sleep 0.2; echo answer; exit 0") { child in
            try await child.send("request")
            #expect(try await child.next() == .complained("closed"))
            try await child.send("notification")
            let story = try await child.story()
            #expect(story == [.wrote("answer"), .ended("it exited with status 0")])
        }
    }
}
