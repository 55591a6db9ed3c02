import NIOCore

/// Whether the bytes of an event stream so far end between two events, where a comment may stand (HTML Living
/// Standard, 9.2: lines end with LF, CR or CRLF, events with an empty line).
struct EventBoundary {
    /// The last three bytes; a stream begins as if after an event.
    private var last: (UInt8, UInt8, UInt8) = (0x0A, 0x0A, 0x0A)

    var isReached: Bool {
        let (lf, cr) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        switch last {
        case (_, lf, lf), (_, cr, cr), (_, lf, cr), (lf, cr, lf), (cr, cr, lf): return true
        default: return false
        }
    }

    mutating func follow(_ piece: ByteBuffer) {
        for byte in piece.readableBytesView.suffix(3) { last = (last.1, last.2, byte) }
    }
}
