import NIOCore
import Testing

@testable import GatewayRuntime

@Suite(.timeLimit(.minutes(3)), .serialized) struct `A child process` {
    @Test func `is told lines and answers with lines`() async throws {
        try await ChildStage.run(#"while read -r line; do echo "got $line"; done"#) { child in
            for word in ["one", "two", "three"] {
                try await child.send(word)
                #expect(try await child.next() == .wrote("got \(word)"))
            }
        }
    }

    @Test func `is heard on its standard error`() async throws {
        try await ChildStage.run("echo careful >&2; cat") { child in
            let seen = try await child.next()
            #expect(seen == .complained("careful"))
        }
    }

    @Test(arguments: [
        ("exit 3", "it exited with status 3"), ("exit 0", "it exited with status 0"),
        ("kill -9 $$", "it was ended by signal 9"), ("kill -TERM $$", "it was ended by signal 15"),
        ("exec >&-; exec sleep 100", "it closed its output"),
    ])
    func `has its end told in words`(script: String, words: String) async throws {
        try await ChildStage.run(script) { child in
            let story = try await child.story()
            #expect(story == [.ended(words)])
        }
    }

    @Test func `has an answer that it wrote just before its end heard before its end`() async throws {
        for _ in 1...20 {
            try await ChildStage.run("echo last words; exit 1") { child in
                let seen = try await child.story()
                #expect(seen == [.wrote("last words"), .ended("it exited with status 1")])
            }
        }
    }

    @Test func `has everything that it wrote just before its end heard, and in order`() async throws {
        try await ChildStage.run("seq 1 20000; exit 1") { child in
            let expected = (1...20_000).map { ChildStage.Event.wrote("\($0)") }
            let seen = try await child.story()
            #expect(seen == expected + [.ended("it exited with status 1")])
        }
    }

    @Test func `has everything heard where the gateway looks only after its end`() async throws {
        try await ChildStage.run("seq 1 5000; exit 1") { child in
            try await child.use { LiveProcess.hasExited($0.process) }
            let seen = try await child.story()
            #expect(seen == (1...5000).map { .wrote("\($0)") } + [.ended("it exited with status 1")])
        }
    }

    @Test func `may leave somebody behind who holds its output, and has its end told all the same`() async throws {
        try await ChildStage.run("sleep 100 & echo $!; exit 4") { child in
            let story = try await child.story()
            #expect(story.last == .ended("it exited with status 4"))
            guard case .wrote(let text) = story.first, let orphan = Int32(text) else {
                Issue.record("\(story)"); return
            }
            #expect(try await LiveProcess.ends(orphan))
        }
    }

    @Test func `may write a megabyte on its standard error without being blocked`() async throws {
        try await ChildStage.run("head -c 1000000 /dev/zero | tr '\\0' x >&2; echo done; cat") { child in
            var event = try await child.next()
            while case .complained = event { event = try await child.next() }
            #expect(event == .wrote("done"))
        }
    }

    @Test func `has an over-long line told once, and its next line whole`() async throws {
        try await ChildStage.run(
            "head -c 500000 /dev/zero | tr '\\0' x; echo; echo next; printf 'abcdefghij\\n'; echo abcdefghijk; cat",
            lineLimit: 10
        ) { child in
            guard case .tooLong(let beginning) = try await child.next() else { Issue.record("not too long"); return }
            #expect(!beginning.isEmpty && beginning.utf8.count <= 4096 && beginning.allSatisfy { $0 == "x" })
            #expect(try await child.next() == .wrote("next"))
            #expect(try await child.next() == .wrote("abcdefghij"))
            #expect(try await child.next() == .tooLong("abcdefghijk"))
        }
    }

    @Test func `that does not read its input is ended once too much waits for it`() async throws {
        try await ChildStage.run("exec sleep 100") { child in
            let megabyte = ByteBuffer(repeating: 0x78, count: 1_048_576)
            try await child.use { child in
                for _ in 0..<(ChildProcess.mostUnwritten / megabyte.readableBytes) { child.send(megabyte) }
            }
            try await child.use { $0.send(megabyte) }
            #expect(try await child.story() == [.ended("it does not read its input")])
            #expect(try await LiveProcess.ends(child.process))
        }
    }

    @Test func `that reads slowly is sent everything`() async throws {
        try await ChildStage.run("sleep 0.3; head -c 20971520 | cksum; cat") { child in
            let megabyte = ByteBuffer(repeating: 0x78, count: 1_048_576)
            try await child.use { child in
                for _ in 1...20 { child.send(megabyte) }
            }
            guard case .wrote(let sum) = try await child.next() else { Issue.record("no sum came"); return }
            #expect(sum.hasSuffix(" 20971520"))
        }
    }
}
