import NIOCore
import NIOHTTP1

/// One step of an exchange on a link.
///
/// A link is one connection that carries many exchanges between two replicas at a time. On the wire a frame is its
/// payload's length (4 bytes), its kind (1), the exchange's number (4), and the payload; numbers are big-endian.
package struct LinkFrame {
    package enum Kind: UInt8 {
        /// A request, whole: its head, and the rest is its body.
        case request = 1
        /// The caller left.
        case cancel
        /// The caller does not keep up with the answer, or does again.
        case pause, resume
        /// The answer's head.
        case answer
        /// A piece of its body.
        case data
        /// The answer is complete.
        case end
        /// The answer will never be complete.
        case cut
    }

    /// Bytes before the payload.
    static let headerLength = 9
    /// Bytes of a request that travels on a link; a larger one would hold up the others.
    static let largestRequest = 64 * 1024
    /// Bytes of the largest piece of an answer; a larger one is sent as several, between which others find room.
    static let largestPiece = 256 * 1024
    /// Bytes of what an answer's frame may hold: a piece, or a head, of which an HTTP server may send 256 KiB.
    static let largestAnswer = 1024 * 1024
    /// Fields of a head, far more than a client may send: whoever breaks this rule breaks everybody's link.
    static let mostFields = 1024

    package let kind: Kind
    package let exchange: UInt32
    package let payload: ByteBuffer
}

/// Why bytes are no frames. Nothing that follows them on the link can be trusted.
package enum LinkFault: Error { case malformed, tooLarge }

/// Reads frames out of a link's bytes as they come.
package struct LinkReader {
    private let limit: Int
    private var held = ByteBuffer()

    /// - Parameter limit: bytes of the largest payload.
    package init(limit: Int) { self.limit = limit }

    package mutating func append(_ bytes: ByteBuffer) {
        if held.readableBytes == 0 {
            held = bytes
        } else {
            held.discardReadBytes()
            held.writeImmutableBuffer(bytes)
        }
    }

    /// The next frame; `nil` where more bytes are needed for it.
    package mutating func next() throws(LinkFault) -> LinkFrame? {
        guard let length = held.getInteger(at: held.readerIndex, as: UInt32.self) else { return nil }
        guard Int(length) <= limit else { throw .tooLarge }
        guard held.readableBytes >= LinkFrame.headerLength + Int(length) else { return nil }
        guard let (_, kind, exchange) = held.readMultipleIntegers(as: (UInt32, UInt8, UInt32).self),
            let kind = LinkFrame.Kind(rawValue: kind), let payload = held.readSlice(length: Int(length))
        else { throw .malformed }
        return LinkFrame(kind: kind, exchange: exchange, payload: payload)
    }
}

extension ByteBuffer {
    /// Writes a frame whose payload `write` puts into the buffer.
    package mutating func writeFrame(
        _ kind: LinkFrame.Kind,
        _ exchange: UInt32,
        _ write: (inout ByteBuffer) -> Void = { _ in }
    ) {
        let start = writerIndex
        writeMultipleIntegers(UInt32(0), kind.rawValue, exchange)
        write(&self)
        setInteger(UInt32(writerIndex - start - LinkFrame.headerLength), at: start)
    }
}
