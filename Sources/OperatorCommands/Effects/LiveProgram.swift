import AWSOperations
import Foundation

/// A program that is run for its output, bounded in time.
enum LiveProgram {
    /// Runs the words as a program found on PATH, with nothing on its standard input.
    @Sendable
    static func run(_ words: [String]) async -> ProgramAnswer { await run(words, patience: 60) }

    /// - Parameter patience: in seconds; what has not ended by then is killed, and its pipes are waited for no longer.
    static func run(_ words: [String], patience: Int) async -> ProgramAnswer {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: runBlocking(words, patience)) }
        }
    }

    private static func runBlocking(_ words: [String], _ patience: Int) -> ProgramAnswer {
        guard let name = words.first, let path = path(of: name) else { return .missing }
        let deadline = DispatchTime.now() + .seconds(patience)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = Array(words.dropFirst())
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        let ending = DispatchGroup()
        ending.enter()
        process.terminationHandler = { _ in ending.leave() }
        do {
            try process.run()
        } catch {
            ending.leave()
            return .failed("\(path) can't be run")
        }
        let leads = getpgid(process.processIdentifier) == process.processIdentifier
        let (said, complaint) = (ProgramOutput(), ProgramOutput())
        DispatchQueue.global().async(group: ending) { said.take(output.fileHandleForReading) }
        DispatchQueue.global().async(group: ending) { complaint.take(errors.fileHandleForReading) }
        guard ending.wait(timeout: deadline) == .success else {
            killAll(process, leads: leads)
            return .overdue(seconds: patience)
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            return .failed(lastWords(complaint.text))
        }
        return .answered(said.text)
    }

    /// Where a program lies, by the environment's PATH.
    @Sendable
    static func path(of name: String) -> String? {
        guard !name.contains("/") else { return name }
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return folders.split(separator: ":").lazy.map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// With what it has started, where it leads a group of its own.
    private static func killAll(_ process: Process, leads: Bool) {
        if leads {
            kill(-process.processIdentifier, SIGKILL)
        } else if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
        }
    }

    private static func lastWords(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline)
        return lines.last.map { String($0.prefix(500)) } ?? "nothing"
    }
}
