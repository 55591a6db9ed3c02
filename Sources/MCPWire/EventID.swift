import NIOCore

/// The id of an event on a stream of a legacy session (MCP 2025-11-25, Resumability and Redelivery): opaque to the
/// client, unique in its session, and it names the stream.
///
/// It also names the request that the stream answers, so that a replica that has nothing of the stream can still end
/// the call in words. Nothing in it is secret, and nothing in it is trusted: it finds events of the very session that
/// its bearer was let into, or none.
package struct EventID: Equatable, Sendable {
    /// The number of a session's GET stream; every POST has one of its own.
    package static let listener: UInt32 = 0
    private static let format: UInt8 = 1
    /// A request id of more bytes does not travel.
    private static let longestRequest = 64

    /// The record that the event was written to. A session that moves or rests begins another.
    package let record: UInt64
    package let stream: UInt32
    package let sequence: UInt32
    package let request: MessageID?

    package init(record: UInt64, stream: UInt32, sequence: UInt32, request: MessageID? = nil) {
        self.record = record
        self.stream = stream
        self.sequence = sequence
        self.request = request
    }

    /// The id as it stands on the wire.
    package var text: String {
        var bytes = [Self.format]
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: record >> shift)) }
        for number in [stream, sequence] {
            for shift in stride(from: 24, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        switch request {
        case .number(let digits)? where digits.utf8.count <= Self.longestRequest: bytes += [1] + Array(digits.utf8)
        case .text(let text)? where text.utf8.count <= Self.longestRequest: bytes += [2] + Array(text.utf8)
        default: break
        }
        return Base64URL.encode(bytes)
    }

    /// Reads what a client sent as `Last-Event-ID`; `nil` for anything that `text` would not have written.
    package init?(_ text: String) {
        guard text.utf8.count <= 160, let bytes = Base64URL.decode(text) else { return nil }
        guard bytes.count >= 17, bytes[0] == Self.format else { return nil }
        record = bytes[1..<9].reduce(0) { $0 << 8 | UInt64($1) }
        stream = bytes[9..<13].reduce(0) { $0 << 8 | UInt32($1) }
        sequence = bytes[13..<17].reduce(0) { $0 << 8 | UInt32($1) }
        guard bytes.count > 17 else {
            request = nil
            return
        }
        guard let named = String(validating: bytes[18...], as: UTF8.self) else { return nil }
        guard named.utf8.count <= Self.longestRequest else { return nil }
        switch bytes[17] {
        case 1 where Self.isNumber(named): request = .number(named)
        case 2: request = .text(named)
        default: return nil
        }
    }

    /// Whether a text is a JSON number: it is written into an answer as it is.
    private static func isNumber(_ text: String) -> Bool {
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }) else { return false }
        let message = ByteBuffer(string: #"{"id":\#(text),"method":"m"}"#)
        do throws(MessageScanner.Refusal) {
            return try MessageScanner.scan(message.readableBytesUInt8Span).id == .number(text)
        } catch {
            return false
        }
    }
}
