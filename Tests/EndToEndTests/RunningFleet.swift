import Foundation
import Subprocess
import Testing

/// A fleet that `slipway up` runs for the length of one test.
struct RunningFleet: Sendable {
    struct Replica: Sendable {
        let name: String
        let url: String
        let process: Int32
    }

    /// Where clients connect: the balancer.
    let url: String
    let process: Int32
    let replicas: [Replica]
    private let logFile: URL

    var replicaURLs: [String] { replicas.map(\.url) }

    /// The end of what the fleet wrote, to go with an expectation.
    var log: Comment { Comment(rawValue: "the fleet's log ends:\n" + Self.tail(of: logFile)) }

    /// Starts a fleet, waits until it says it is ready, runs the body and ends the fleet as Ctrl-C would, with SIGKILL
    /// ten seconds later. Returns how the program ended.
    ///
    /// - Parameters:
    ///   - command: the MCP server to run; the demo server if empty.
    ///   - settings: variables for the replicas, as in slipway.env.
    ///   - url: where that server is called, if it speaks HTTP itself.
    ///   - patience: how long the fleet may take to be ready.
    ///   - inItsOwnGroup: whether signals can be sent to the fleet's process group. Otherwise the fleet shares the
    ///     tests' group, so that Ctrl-C on the tests ends it too.
    @discardableResult
    static func with(
        replicas: Int = 2,
        command: [String] = [],
        settings: [String: String] = [:],
        url: String? = nil,
        within patience: Duration = .seconds(60),
        inItsOwnGroup: Bool = false,
        _ body: (RunningFleet) async throws -> Void
    ) async throws -> TerminationStatus {
        let scratch = try makeScratchFolder()
        defer { _ = try? FileManager.default.removeItem(at: scratch) }  // a leftover folder breaks nothing
        let logFile = scratch.appendingPathComponent("log")
        let variables = settings.map { "\($0.key)=\($0.value)\n" }.joined()
        try Data(variables.utf8).write(to: scratch.appendingPathComponent("slipway.env"))
        let words =
            ["up", "--port", "0", "--replicas", "\(replicas)"] + (url.map { ["--url", $0] } ?? [])
            + (command.isEmpty ? [] : ["--"] + command)
        // The shell gives the program a folder and a log of its own, and then becomes it, so that the process we signal
        // is the program.
        let script = #"cd "$1" && shift && exec "$@" >log 2>&1"#
        var options = PlatformOptions()
        if inItsOwnGroup { options.processGroupID = 0 }
        let outcome = try await run(
            .name("sh"),
            arguments: Arguments(["-c", script, "sh", scratch.path, BuiltPrograms.slipway] + words),
            platformOptions: options,
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            do {
                let process = execution.processIdentifier.value
                let fleet = try await started(process, replicas, logFile, within: patience)
                try await body(fleet)
            } catch {
                Issue.record(error, "the fleet's log ends:\n\(tail(of: logFile))")
            }
            await execution.teardown(using: [.send(signal: .interrupt, allowedDurationToNextStep: .seconds(10))])
        }
        return outcome.terminationStatus
    }

    private static func makeScratchFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slipway-e2e-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Waits for the line that says the fleet is ready and reads the lines before it.
    private static func started(
        _ process: Int32,
        _ replicas: Int,
        _ logFile: URL,
        within patience: Duration
    ) async throws -> RunningFleet {
        _ = try await eventually(within: patience) {
            !ProcessTree.isAlive(process) || text(of: logFile).contains("Press Ctrl-C")
        }
        let lines = text(of: logFile).split(separator: "\n")
        let url = lines.compactMap { $0.wholeMatch(of: /\s*(http:\/\/127\.0\.0\.1:\d+\/mcp)\s*/)?.1 }.first
        guard lines.contains(where: { $0.hasPrefix("Press Ctrl-C") }), let url else { throw NotStarted() }
        let found = lines.compactMap { line in
            line.wholeMatch(of: /\s*(replica-\d+)\s+(http:\/\/\S+?)\/?\s+pid\s+(\d+).*/).flatMap { match in
                Int32(match.3).map { Replica(name: String(match.1), url: String(match.2), process: $0) }
            }
        }
        try #require(found.count == replicas, "expected \(replicas) lines such as 'replica-1  http://…  pid 1234'")
        return RunningFleet(url: String(url), process: process, replicas: found, logFile: logFile)
    }

    private struct NotStarted: Error, CustomStringConvertible {
        let description = "slipway up did not say 'Press Ctrl-C' in time"
    }

    private static func text(of file: URL) -> String {
        (try? String(contentsOf: file, encoding: .utf8)) ?? ""  // not written yet: nothing was said
    }

    private static func tail(of file: URL) -> String {
        text(of: file).split(separator: "\n").suffix(60).joined(separator: "\n")
    }
}
