import MCPWire
import NIOCore

/// The end of an event stream: what tells whether it may end there, and from where it would be resumed.
struct LastEvents {
    /// An event over this size is taken for the answer.
    private static let mostBytes = 64 * 1024

    private var bytes = ByteBuffer()
    private var isTooLong = false

    mutating func follow(_ piece: ByteBuffer, afterWholeEvent: Bool) {
        if afterWholeEvent {
            (bytes, isTooLong) = (piece, false)
        } else if bytes.readableBytes + piece.readableBytes <= Self.mostBytes {
            bytes.writeImmutableBuffer(piece)
        } else {
            (bytes, isTooLong) = (ByteBuffer(), true)
        }
    }

    /// The id that the client names when it comes back, as far as it was seen.
    var id: String? {
        var events = ServerEvents()
        events.append(bytes)
        var last: String?
        while let event = events.next() { last = event.id ?? last }
        return last
    }

    /// Whether the answer is there, or an event from whose id the client can resume the stream (MCP 2025-11-25).
    var mayBeComplete: Bool {
        if isTooLong { return true }
        var events = ServerEvents()
        events.append(bytes)
        while let event = events.next() {
            if event.id != nil { return true }
            if event.response != nil { return true }
        }
        return false
    }
}
