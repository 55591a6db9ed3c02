import Foundation

/// The program's own streams.
enum LiveOutput {
    /// Writes a text whole. Where nobody reads stdout any more (`slipway logs | head`), the program ends as others do
    /// whom SIGPIPE ends; NIO holds that signal off.
    @Sendable
    static func out(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            _exit(128 + SIGPIPE)
        }
    }

    /// What can't be told on stderr can't be told at all.
    @Sendable
    static func err(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))  // there is nobody else to tell
    }
}
