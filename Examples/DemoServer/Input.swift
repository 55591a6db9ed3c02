#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Standard input as lines, without their newline. Reading blocks the calling thread.
struct Input {
    private var buffer: [UInt8] = []
    private var searched = 0

    /// The next line, or `nil` once standard input has ended. An unfinished last line is dropped.
    mutating func nextLine() -> [UInt8]? {
        while true {
            if let newline = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[..<newline])
                buffer.removeSubrange(...newline)
                searched = 0
                return line
            }
            searched = buffer.count
            guard readMore() else { return nil }
        }
    }

    private mutating func readMore() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { chunk in
            var count = read(STDIN_FILENO, chunk.baseAddress, chunk.count)
            while count < 0 && errno == EINTR {
                count = read(STDIN_FILENO, chunk.baseAddress, chunk.count)
            }
            guard count > 0 else { return false }
            buffer.append(contentsOf: chunk[..<count])
            return true
        }
    }
}
