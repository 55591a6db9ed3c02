import FleetModel
import Foundation
import Subprocess
import SystemPackage
import TerraformDriver

extension TerraformProgram {
    /// The real program, the first on PATH.
    static let live = TerraformProgram(find: find, run: run)

    @Sendable
    private static func find() -> Found? {
        guard let path = LiveProgram.path(of: "terraform") else { return nil }
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        var status = stat()
        let identity = stat(real, &status) == 0 ? "\(real) \(status.st_size) \(status.st_ino)" : real
        return Found(path: path, identity: identity)
    }

    @Sendable
    private static func run(
        _ path: String,
        _ command: TerraformCommand,
        _ signals: AsyncStream<Int>,
        _ line: @escaping @Sendable (_ isError: Bool, _ line: String) -> Void
    ) async throws(Problem) -> Int32 {
        var options = PlatformOptions()
        // A group of its own: Ctrl-C reaches it through us, once, and not a second time from the terminal.
        options.processGroupID = 0
        let additions = command.environment.map { (Environment.Key(stringLiteral: $0), Optional($1)) }
        do {
            let result = try await Subprocess.run(
                .path(FilePath(path)),
                arguments: Arguments(command.arguments),
                environment: .inherit.updating(Dictionary(uniqueKeysWithValues: additions)),
                platformOptions: options,
                input: .none, output: .sequence, error: .sequence
            ) { execution in
                try await follow(execution, signals, line)
            }
            switch result.terminationStatus {
            case .exited(let code): return code
            case .signaled(let signal): return 128 + signal
            }
        } catch {
            throw Problem(
                .unavailable, at: .file(path), "terraform could not be run", detail: "\(error)",
                hint: "see whether it runs by itself: terraform version"
            )
        }
    }

    private static func follow(
        _ execution: Execution<NoInput, SequenceOutput, SequenceOutput>,
        _ signals: AsyncStream<Int>,
        _ line: @escaping @Sendable (_ isError: Bool, _ line: String) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                for try await text in execution.standardOutput.strings(bufferingPolicy: .unbounded) {
                    line(false, text)
                }
                return true
            }
            tasks.addTask {
                for try await text in execution.standardError.strings(bufferingPolicy: .unbounded) {
                    line(true, text)
                }
                return true
            }
            tasks.addTask {
                // The first makes Terraform end in order, the second at once.
                for await _ in signals { try execution.send(signal: .interrupt) }
                return false
            }
            defer { tasks.cancelAll() }
            var streams = 2
            while streams > 0, let isStream = try await tasks.next() { streams -= isStream ? 1 : 0 }
        }
    }
}
