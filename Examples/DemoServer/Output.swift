import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Standard output: one JSON message per line, one write per line, never two lines mixed.
final class Output: Sendable {
    private let encoder = JSONEncoder()
    private let turn = Mutex(())

    init() {
        // Answers that are the same from one process to the next are easier to compare.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// Writes one message. A message that cannot be encoded (a number that JSON does not know) is answered in words.
    func send(_ message: some Encodable) {
        var line: Data
        do {
            line = try encoder.encode(message)
        } catch {
            line = Data(#"{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"unencodable answer"}}"#.utf8)
        }
        line.append(UInt8(ascii: "\n"))
        turn.withLock { _ in
            line.withUnsafeBytes { writeAll($0) }
        }
    }

    /// A pipe takes a short line whole; a long one may need several writes. A closed pipe ends the line: the reader
    /// is gone and standard input is about to say so.
    private func writeAll(_ bytes: UnsafeRawBufferPointer) {
        var written = 0
        while written < bytes.count {
            let count = write(STDOUT_FILENO, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}
