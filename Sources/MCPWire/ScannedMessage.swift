import NIOCore

/// One JSON-RPC message: its bytes, and what routing needs to know of them.
package struct ScannedMessage: Equatable, Sendable {
    package let envelope: MessageEnvelope
    package let bytes: ByteBuffer

    package init(envelope: MessageEnvelope, bytes: ByteBuffer) {
        self.envelope = envelope
        self.bytes = bytes
    }

    /// Scans the readable bytes of `bytes`.
    package init(scanning bytes: ByteBuffer) throws(MessageScanner.Refusal) {
        self.init(envelope: try MessageScanner.scan(bytes.readableBytesUInt8Span), bytes: bytes)
    }

    /// The message as a line of the stdio transport: line breaks between tokens become spaces, one ends it.
    package var line: ByteBuffer {
        var line = ByteBuffer()
        line.reserveCapacity(bytes.readableBytes + 1)
        if envelope.hasLineBreaks {
            line.writeBytes(bytes.readableBytesView.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        } else {
            line.writeImmutableBuffer(bytes)
        }
        line.writeInteger(UInt8(ascii: "\n"))
        return line
    }

    /// The `params` of the message as JSON bytes.
    package var parameters: [UInt8]? {
        envelope.params.flatMap { bytes.getBytes(at: bytes.readerIndex + $0.lowerBound, length: $0.count) }
    }
}
