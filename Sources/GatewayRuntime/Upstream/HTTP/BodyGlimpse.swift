import MCPWire
import NIOCore

/// What is kept of a request's body that streams through: enough to name the request when it needs an error.
///
/// A JSON-RPC message says its id at its beginning or at its end; between them are the parameters.
struct BodyGlimpse {
    private static let mostBeginning = 1024
    private static let mostEnd = 512

    private var beginning = ByteBuffer()
    private var end: [UInt8] = []

    mutating func follow(_ piece: ByteBuffer) {
        let wanted = Self.mostBeginning - beginning.readableBytes
        if wanted > 0 { beginning.writeBytes(piece.readableBytesView.prefix(wanted)) }
        end = (end + piece.readableBytesView.suffix(Self.mostEnd)).suffix(Self.mostEnd)
    }

    /// The id, where it could be told.
    var request: MessageID? {
        if let id = MessageScanner.requestID(inBeginning: beginning.readableBytesUInt8Span) { return id }
        guard case .notResponse = MessageScanner.beginning(beginning.readableBytesUInt8Span) else { return nil }
        return idAtEnd
    }

    /// The last members of the message, read as an object of their own: only where they end with the text, and with one
    /// bracket, are they the message's own and not those of something in it.
    private var idAtEnd: MessageID? {
        let name = Array(#""id""#.utf8)
        for start in end.indices.reversed() where end[start...].starts(with: name) {
            var text = ByteBuffer(string: "{")
            text.writeBytes(end[start...])
            guard let object = JSONObject(in: text), object["id"] != nil else { continue }
            let rest = text.readableBytesView.dropFirst(object.range.upperBound)
            guard rest.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { continue }
            return MessageScanner.requestID(inBeginning: text.readableBytesUInt8Span)
        }
        return nil
    }
}
