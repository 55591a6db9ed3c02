import FleetModel
import Foundation
import Testing

@testable import LocalFleet

/// The engine is a script that notes its words and answers from files.
@Suite(.timeLimit(.minutes(2)), .serialized) struct `What containers stand on` {
    private final class Stage {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ground-\(UUID().uuidString)")
        let happenings = Happenings<LocalFleetEvent>()

        init(_ script: String) throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            let text = "#!/bin/sh\ncd '\(folder.path)'\necho \"$*\" >>calls\n\(script)\n"
            shell.arguments = ["-c", #"printf %s "$1" >"$2" && chmod 755 "$2""#, "sh", text, engine]
            try shell.run()
            shell.waitUntilExit()
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        var engine: String { folder.appendingPathComponent("engine").path }

        var calls: [String] {
            get throws {
                let text = try String(contentsOf: folder.appendingPathComponent("calls"), encoding: .utf8)
                return text.split(separator: "\n").map(String.init)
            }
        }

        func ground(_ image: ContainerPlan.Image = .named("notes:1")) -> ContainerGround {
            var plan = ContainerPlan(
                run: "slipway-notes-1", image: image, limits: ContainerPlan.Limits(cpu: 256, memory: 512), port: 8001,
                command: ["serve"], variables: [:], secrets: []
            )
            plan.owner = .current
            let happenings = happenings
            return ContainerGround(
                containers: plan, engine: engine, environment: ["PATH": Secret("/usr/bin:/bin")]
            ) { happenings.report($0) }
        }
    }

    @Test func `is an image that is there and a network, and nothing is pulled`() async throws {
        let stage = try Stage("exit 0")
        try await stage.ground().prepare()
        let calls = try stage.calls
        #expect(calls.first == "version")
        #expect(calls.contains("image inspect notes:1"))
        #expect(!calls.contains { $0.hasPrefix("pull") })
        #expect(calls.last == "network create --label \(ContainerOwner.current.label) slipway-notes-1")
    }

    @Test func `an image that is not there is pulled, and one with a Dockerfile is built`() async throws {
        let pulled = try Stage(#"case "$1" in image) exit 1;; pull) echo "layer 1"; echo "layer 2" >&2;; esac"#)
        try await pulled.ground().prepare()
        #expect(try pulled.calls.contains("pull notes:1"))
        pulled.happenings.end()
        let lines = await pulled.happenings.rest()
        #expect(lines == ["layer 1", "layer 2"].map { .logged(replica: "engine", line: $0) })
        let built = try Stage("exit 0")
        try await built.ground(.built(folder: "/srv/notes", name: "slipway-up/notes")).prepare()
        #expect(try built.calls.contains("build --tag slipway-up/notes /srv/notes"))
    }

    @Test func `is not there without the engine, the image or the network, and the engine says why`() async throws {
        for (word, summary) in [
            ("version", "engine does not answer"), ("pull", "the image notes:1 is not here and was not pulled"),
            ("network", "no network was made for the replicas"),
        ] {
            let stage = try Stage(
                #"case "$1" in image) exit 1;; \#(word)) echo first >&2; echo "no daemon" >&2; exit 1;; esac"#
            )
            let error = await #expect(throws: LocalFleetFailure.self) { try await stage.ground().prepare() }
            guard case .engine(summary, let words) = error else { Issue.record("\(String(describing: error))"); return }
            #expect(words == (word == "pull" ? "The words of engine are above." : "no daemon"))
        }
    }

    @Test func `what a program left that was killed is removed, and what lives or is another machine's stays`()
        async throws
    {
        let here = ContainerOwner.current.label.split(separator: "=")[1].split(separator: "/")[0]
        let gone = try Self.endedProcess()
        let stage = try Stage(
            """
            case "$1 $2" in
            "ps --all") echo dead; echo mine; echo far; echo odd;;
            "network ls") echo dead-net;;
            "inspect --format") printf 'dead \(here)/\(gone)\\nmine \(here)/1\\nfar elsewhere/\(gone)\\nodd x y\\n';;
            "network inspect") echo "dead-net \(here)/\(gone)";;
            esac
            """
        )
        try await stage.ground().prepare()
        let calls = try stage.calls
        #expect(calls.contains("rm --force --volumes dead") && calls.contains("network rm dead-net"))
    }

    @Test func `this program's own go at the end`() async throws {
        let label = ContainerOwner.current.label.split(separator: "=")[1]
        let stage = try Stage(
            """
            case "$1 $2" in
            "ps --all") echo ours; echo theirs;;
            "inspect --format") printf 'ours \(label)\\ntheirs \(label)9\\n';;
            esac
            """
        )
        await stage.ground().clear()
        #expect(try stage.calls.last?.hasPrefix("network ls") == true)
        #expect(try stage.calls.contains("rm --force --volumes ours"))
    }

    private static func endedProcess() throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        return process.processIdentifier
    }
}
