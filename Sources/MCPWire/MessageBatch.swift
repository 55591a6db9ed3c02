/// A JSON-RPC batch: several messages in one array (MCP 2025-03-26 only; later revisions removed it).
package enum MessageBatch {
    /// Whether the text's first token opens an array.
    package static func isBatch(_ text: Span<UInt8>) -> Bool {
        var cursor = JSONCursor()
        cursor.skipSpace(text)
        return cursor.index < text.count && text[cursor.index] == UInt8(ascii: "[")
    }

    /// Messages that one batch may hold.
    package static let mostMessages = 100

    /// The byte ranges of the batch's messages, in order.
    package static func split(_ text: Span<UInt8>, limit: Int = mostMessages) throws(MalformedJSON) -> [Range<Int>] {
        var cursor = JSONCursor()
        try cursor.expect(UInt8(ascii: "["), text)
        var messages: [Range<Int>] = []
        var continues = try cursor.peek(text) != UInt8(ascii: "]")
        if !continues { cursor.index += 1 }
        while continues {
            guard messages.count < limit else { throw cursor.failure("a batch holds at most \(limit)") }
            messages.append(try cursor.skipValue(text))
            continues = try cursor.continues(closing: UInt8(ascii: "]"), text)
        }
        cursor.skipSpace(text)
        guard cursor.index == text.count else { throw cursor.failure("more text follows the batch") }
        return messages
    }
}
