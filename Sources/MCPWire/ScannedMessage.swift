import NIOCore

/// One JSON-RPC message: its bytes, and what routing needs to know of them.
///
/// A class that never changes, because what was read is large, and a message passes through many hands.
package final class ScannedMessage: Equatable, Sendable {
    package let envelope: MessageEnvelope
    package let bytes: ByteBuffer

    package init(envelope: MessageEnvelope, bytes: ByteBuffer) {
        self.envelope = envelope
        self.bytes = bytes
    }

    /// Scans the readable bytes of `bytes`. Line breaks between its tokens become spaces: a line of the stdio transport
    /// and a line of an event stream end at the first one.
    package convenience init(scanning bytes: ByteBuffer) throws(MessageScanner.Refusal) {
        let envelope = try MessageScanner.scan(bytes.readableBytesUInt8Span)
        self.init(envelope: envelope, bytes: envelope.hasLineBreaks ? Self.flattened(bytes) : bytes)
    }

    package static func == (one: ScannedMessage, other: ScannedMessage) -> Bool {
        one.envelope == other.envelope && one.bytes == other.bytes
    }

    private static func flattened(_ bytes: ByteBuffer) -> ByteBuffer {
        ByteBuffer(bytes: bytes.readableBytesView.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
    }

    /// The message as a line of the stdio transport, its break included.
    package var line: ByteBuffer {
        var line = ByteBuffer()
        line.reserveCapacity(bytes.readableBytes + 1)
        line.writeImmutableBuffer(bytes)
        line.writeInteger(UInt8(ascii: "\n"))
        return line
    }

    /// The `params` of the message as JSON bytes.
    package var parameters: [UInt8]? {
        envelope.params.flatMap { bytes.getBytes(at: bytes.readerIndex + $0.lowerBound, length: $0.count) }
    }
}
