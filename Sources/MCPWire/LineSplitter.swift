import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Cuts a byte stream into lines (the stdio transport's framing: one message a line, `\n` at its end).
///
/// Memory is bounded: a line over `limit` is not kept. Its beginning is answered once, so that the message it
/// would have been can be named, and the rest of it is passed over.
package struct LineSplitter {
    package enum Line: Equatable, Sendable {
        /// A line without its line break; a carriage return before it is dropped too.
        case whole(ByteBuffer)
        /// The first bytes of a line that was longer than the limit.
        case tooLong(beginning: ByteBuffer)
    }

    /// Bytes of an over-long line that are kept to recognise it.
    package static let keptOfLongLine = 4096

    private let limit: Int
    private var pending = ByteBuffer()
    private var searched = 0
    private var isSkipping = false

    /// `limit`: bytes in a line, its break excluded.
    package init(limit: Int) { self.limit = limit }

    package mutating func append(_ chunk: ByteBuffer) {
        var chunk = chunk
        if pending.readableBytes == 0 {
            pending = chunk
            searched = 0
        } else {
            // Without this the buffer would keep every line it ever held before the unfinished one.
            pending.discardReadBytes()
            pending.writeBuffer(&chunk)
        }
    }

    /// The next line that is complete, or `nil` until more bytes arrive.
    package mutating func next() -> Line? {
        while true {
            guard let length = nextBreak else { return rest() }
            searched = 0
            guard var line = pending.readSlice(length: length) else { return nil }
            pending.moveReaderIndex(forwardBy: 1)
            if isSkipping {
                isSkipping = false
                continue
            }
            if length > limit { return .tooLong(beginning: Self.beginning(of: line)) }
            if line.readableBytesView.last == 0x0D { line.moveWriterIndex(to: line.writerIndex - 1) }
            return .whole(line)
        }
    }

    /// How many bytes precede the next line break.
    private var nextBreak: Int? {
        pending.withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress, searched < bytes.count else { return nil }
            guard let found = memchr(base + searched, 0x0A, bytes.count - searched) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// What stands after the last line break, once no more bytes will come.
    package mutating func finish() -> Line? {
        guard !isSkipping, pending.readableBytes > 0 else { return nil }
        defer { pending = ByteBuffer() }
        return .whole(pending)
    }

    /// What an unfinished line means: wait, or give up on it because it is already too long.
    private mutating func rest() -> Line? {
        searched = pending.readableBytes
        if searched == 0 { pending = ByteBuffer() }
        guard searched > limit || isSkipping else { return nil }
        let line = Line.tooLong(beginning: Self.beginning(of: pending))
        pending = ByteBuffer()
        searched = 0
        defer { isSkipping = true }
        return isSkipping ? nil : line
    }

    private static func beginning(of line: ByteBuffer) -> ByteBuffer {
        line.getSlice(at: line.readerIndex, length: min(line.readableBytes, keptOfLongLine)) ?? ByteBuffer()
    }
}
