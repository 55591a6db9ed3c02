import Foundation

/// What the system says of a process.
enum LiveProcess {
    /// Whether it runs; a zombie does not.
    static func runs(_ process: Int32) -> Bool { !["", "Z", "X"].contains(state(of: process)) }

    /// Whether there is so much as a zombie of it.
    static func exists(_ process: Int32) -> Bool { !state(of: process).isEmpty }

    /// Waits until it does not run, for some seconds at most.
    static func ends(_ process: Int32) async throws -> Bool {
        for _ in 1...1000 where runs(process) { try await Task.sleep(for: .milliseconds(5)) }
        return !runs(process)
    }

    /// Holds the caller's thread until the process has exited, collected or not; for some seconds at most.
    static func hasExited(_ process: Int32) {
        for _ in 1...5000 where runs(process) { usleep(1000) }
    }

    private static func state(of process: Int32) -> String {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return "" }
        return stat.split(separator: ")").last?.split(separator: " ").first.map(String.init) ?? ""
    }
}
