import AWSOperations
import Foundation
import Synchronization

/// A program that is run for its output, bounded in time.
enum LiveProgram {
    private static let patience = 60.0

    /// Runs the words as a program found on PATH, with nothing on its standard input.
    @Sendable
    static func run(_ words: [String]) async -> ProgramAnswer {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: runBlocking(words)) }
        }
    }

    private static func runBlocking(_ words: [String]) -> ProgramAnswer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        do {
            try process.run()
        } catch {
            return .missing
        }
        let watch = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + patience, execute: watch)
        let complaint = Mutex(Data())
        let reading = DispatchGroup()
        DispatchQueue.global().async(group: reading) {
            let data = errors.fileHandleForReading.readDataToEndOfFile()
            complaint.withLock { $0 = data }
        }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        reading.wait()
        process.waitUntilExit()
        watch.cancel()
        // env's own word for a program that is not there.
        if process.terminationReason == .exit, process.terminationStatus == 127 { return .missing }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            return .failed(lastWords(complaint.withLock { $0 }))
        }
        return .answered(text)
    }

    private static func lastWords(_ data: Data) -> String {
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.last.map { String($0.prefix(500)) } ?? "nothing"
    }
}
