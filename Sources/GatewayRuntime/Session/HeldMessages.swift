import NIOCore

/// Messages that no stream could take yet, bounded in number and bytes.
struct HeldMessages {
    static let mostMessages = 256
    static let mostBytes = 1024 * 1024

    private var messages: [ByteBuffer] = []
    private var bytes = 0

    var isEmpty: Bool { messages.isEmpty }

    /// Keeps a message, or says `false` and drops it where the bounds are reached.
    mutating func append(_ message: ByteBuffer) -> Bool {
        guard messages.count < Self.mostMessages, bytes + message.readableBytes <= Self.mostBytes else { return false }
        // A copy: the message may be a small slice of a large read.
        messages.append(ByteBuffer(bytes: message.readableBytesView))
        bytes += message.readableBytes
        return true
    }

    /// Everything that was held, in order; nothing is held afterwards.
    mutating func drain() -> [ByteBuffer] {
        defer { self = HeldMessages() }
        return messages
    }
}
