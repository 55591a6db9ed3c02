import Foundation
import Testing

@testable import GatewayRuntime

/// What a child inherits, and what it does not.
@Suite(.timeLimit(.minutes(3)), .serialized) struct `A child that is started` {
    @Test func `has no descriptor but its three streams`() async throws {
        let leaky = try #require(FileHandle(forReadingAtPath: "/dev/null"))
        let copies = (1...5).map { _ in dup(leaky.fileDescriptor) }
        defer { for copy in copies { close(copy) } }
        try await ChildStage.run("ls /proc/$$/fd; exit 0") { child in
            let story = try await child.story()
            #expect(story == [.wrote("0"), .wrote("1"), .wrote("2"), .ended("it exited with status 0")])
        }
    }

    @Test func `has the signals as a program expects them`() async throws {
        signal(SIGPIPE, SIG_IGN)
        try await ChildStage.run(["/bin/cat", "/proc/self/status"]) { child in
            let lines = try await child.story()
            for field in ["SigBlk", "SigIgn", "SigCgt"] {
                let mask = lines.compactMap { line -> UInt64? in
                    guard case .wrote(let text) = line, text.hasPrefix("\(field):\t") else { return nil }
                    return UInt64(text.dropFirst(8), radix: 16)
                }
                // Signals from 32 up are the C library's own; no program may set them.
                #expect(mask.map { $0 & 0x7FFF_FFFF } == [0], "\(field)")
            }
        }
    }

    @Test func `leads a session and a process group of its own`() async throws {
        try await ChildStage.run("cut -d' ' -f1,5,6 /proc/$$/stat; cat") { child in
            let own = "\(child.process)"
            let seen = try await child.next()
            #expect(seen == .wrote("\(own) \(own) \(own)"))
        }
    }

    @Test func `sees its words and its environment as they are, and nothing else`() throws {
        let command = ChildCommand(
            path: "/bin/sh",
            words: [
                "sh", "-c", #"printf '%s|' "$@"; env | grep -v -e ^PWD= -e ^_= -e ^SHLVL="#, "name", "a b", "", "ü",
            ],
            environment: ["PATH": "/bin:/usr/bin", "A": "b=c d"]
        )
        let child = try command.spawn()
        defer { waitpid(child.process, nil, 0) }
        let output = FileHandle(fileDescriptor: child.output, closeOnDealloc: true)
        for end in [child.input, child.errors] { close(end) }
        let text = String(decoding: output.readDataToEndOfFile(), as: UTF8.self)
        #expect(text.hasPrefix("a b||ü|"))
        let variables = text.dropFirst("a b||ü|".count).split(separator: "\n").sorted()
        #expect(variables == ["A=b=c d", "PATH=/bin:/usr/bin"])
    }

    @Test func `works in its directory`() throws {
        let command = ChildCommand(path: "/bin/pwd", words: ["pwd"], environment: [:], directory: "/usr")
        let child = try command.spawn()
        defer { waitpid(child.process, nil, 0) }
        let output = FileHandle(fileDescriptor: child.output, closeOnDealloc: true)
        for end in [child.input, child.errors] { close(end) }
        #expect(String(decoding: output.readDataToEndOfFile(), as: UTF8.self) == "/usr\n")
    }

    @Test(arguments: [
        ("/no/such/program", "/no/such/program could not be started (No such file or directory)"),
        ("/etc/passwd", "/etc/passwd could not be started (Permission denied)"),
    ])
    func `or can't be is named in the error`(path: String, words: String) throws {
        let failure = #expect(throws: SpawnFailure.self) {
            try ChildCommand(path: path, words: [path], environment: [:]).spawn()
        }
        #expect(failure?.path == path)
        #expect(failure?.description == words)
    }

    @Test func `or can't be leaves no descriptor open and no zombie`() throws {
        let command = ChildCommand(path: "/no/such/program", words: ["program"], environment: [:])
        func open() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        _ = try? command.spawn()
        let before = try open()
        for _ in 1...200 { #expect(throws: SpawnFailure.self) { try command.spawn() } }
        // Other tests open and close their own meanwhile; a leak would show as six for each attempt.
        #expect(try open() < before + 200)
    }
}
