import NIOCore

/// Puts messages together for a socket: a head and what there is of its body are one buffer, and so one write.
struct MessageWriter {
    /// Bytes of a piece that is copied beside what waits; a larger one is a write of its own.
    static let smallPiece = 16 * 1024
    /// Bytes that wait no longer than for the next piece.
    static let fullBuffer = 32 * 1024

    /// What waits to be sent.
    private var waiting = ByteBuffer()
    private var framing = BodyFraming.none

    var waitingBytes: Int { waiting.readableBytes }
    var isFull: Bool { waiting.readableBytes >= Self.fullBuffer }

    /// Begins a message by a head that `write` puts into the buffer. `false` where it did not.
    mutating func begin(hasBody: Bool = true, _ write: (inout ByteBuffer) -> BodyFraming?) -> Bool {
        guard let framing = write(&waiting) else { return false }
        self.framing = hasBody ? framing : .none
        return true
    }

    /// Queues bytes that belong to no body.
    mutating func interject(_ text: StaticString) { waiting.writeStaticString(text) }

    /// Whether the message has no body, so that nothing of one may be sent.
    var isWithoutBody: Bool { framing == .none }

    /// Queues a piece of the body where it is small.
    mutating func takes(_ piece: ByteBuffer) -> Bool {
        guard piece.readableBytes <= Self.smallPiece else { return false }
        open(piece)
        waiting.writeImmutableBuffer(piece)
        close()
        return true
    }

    /// Queues what precedes a piece.
    mutating func open(_ piece: ByteBuffer) {
        guard framing == .chunked else { return }
        var size = piece.readableBytes
        var digits: UInt64 = 0
        var count = 0
        repeat {
            let digit = UInt8(size & 15)
            digits = digits << 8 | UInt64(digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a"))
            size >>= 4
            count += 1
        } while size > 0 && count < 8
        for _ in 0..<count {
            waiting.writeInteger(UInt8(truncatingIfNeeded: digits))
            digits >>= 8
        }
        waiting.writeStaticString("\r\n")
    }

    /// Queues what follows a piece.
    mutating func close() {
        if framing == .chunked { waiting.writeStaticString("\r\n") }
    }

    /// Queues the message's end.
    mutating func end() {
        if framing == .chunked { waiting.writeStaticString("0\r\n\r\n") }
        framing = .none
    }

    /// Hands over what waits.
    mutating func take() -> ByteBuffer {
        let bytes = waiting
        waiting = ByteBuffer()
        return bytes
    }
}
