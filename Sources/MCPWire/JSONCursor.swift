/// Why a text is not one well-formed JSON value.
package struct MalformedJSON: Error, Equatable, Sendable {
    /// Byte offset at which reading stopped.
    package let offset: Int
    package let reason: String
}

/// A position in a JSON text, moved forward by reading. It validates what it passes (RFC 8259, UTF-8 included)
/// and keeps nothing, so that a message of megabytes costs one walk over its bytes and no allocation.
struct JSONCursor {
    /// Deeper nesting than this is refused; real messages stay below ten.
    static let deepestNesting = 256

    var index = 0

    /// Whether a line break was passed. A valid text has them only between tokens.
    private(set) var sawLineBreak = false

    func failure(_ reason: String) -> MalformedJSON { MalformedJSON(offset: index, reason: reason) }

    mutating func skipSpace(_ text: Span<UInt8>) {
        while index < text.count {
            switch text[index] {
            case 0x20, 0x09: index += 1
            case 0x0A, 0x0D:
                sawLineBreak = true
                index += 1
            default: return
            }
        }
    }

    /// The next byte that is not white space, left unread.
    mutating func peek(_ text: Span<UInt8>) throws(MalformedJSON) -> UInt8 {
        skipSpace(text)
        guard index < text.count else { throw failure("the text ends early") }
        return text[index]
    }

    mutating func expect(_ byte: UInt8, _ text: Span<UInt8>) throws(MalformedJSON) {
        guard try peek(text) == byte else { throw failure("expected '\(Character(UnicodeScalar(byte)))'") }
        index += 1
    }

    /// Reads a comma and says `true`, or the closing byte and says `false`.
    mutating func continues(closing: UInt8, _ text: Span<UInt8>) throws(MalformedJSON) -> Bool {
        let byte = try peek(text)
        index += 1
        if byte == UInt8(ascii: ",") { return true }
        if byte == closing { return false }
        index -= 1
        throw failure("expected ',' or '\(Character(UnicodeScalar(closing)))'")
    }

    /// Skips one value of any kind and answers its range, quotes and brackets included.
    @discardableResult
    mutating func skipValue(_ text: Span<UInt8>, depth: Int = 0) throws(MalformedJSON) -> Range<Int> {
        let first = try peek(text)
        let start = index
        switch first {
        case UInt8(ascii: "\""): _ = try readString(text)
        case UInt8(ascii: "{"): try skipObject(text, depth: depth + 1)
        case UInt8(ascii: "["): try skipArray(text, depth: depth + 1)
        case UInt8(ascii: "t"): try skipWord("true", text)
        case UInt8(ascii: "f"): try skipWord("false", text)
        case UInt8(ascii: "n"): try skipWord("null", text)
        default: try skipNumber(text)
        }
        return start..<index
    }

    private mutating func skipObject(_ text: Span<UInt8>, depth: Int) throws(MalformedJSON) {
        guard depth <= Self.deepestNesting else { throw failure("nested too deeply") }
        index += 1
        if try peek(text) == UInt8(ascii: "}") {
            index += 1
            return
        }
        repeat {
            guard try peek(text) == UInt8(ascii: "\"") else { throw failure("expected a member name") }
            _ = try readString(text)
            try expect(UInt8(ascii: ":"), text)
            try skipValue(text, depth: depth)
        } while try continues(closing: UInt8(ascii: "}"), text)
    }

    private mutating func skipArray(_ text: Span<UInt8>, depth: Int) throws(MalformedJSON) {
        guard depth <= Self.deepestNesting else { throw failure("nested too deeply") }
        index += 1
        if try peek(text) == UInt8(ascii: "]") {
            index += 1
            return
        }
        repeat { try skipValue(text, depth: depth) } while try continues(closing: UInt8(ascii: "]"), text)
    }

    private mutating func skipWord(_ word: StaticString, _ text: Span<UInt8>) throws(MalformedJSON) {
        let length = word.utf8CodeUnitCount
        guard index + length <= text.count else { throw failure("the text ends early") }
        for offset in 0..<length where text[index + offset] != word.utf8Start[offset] {
            throw failure("not a JSON value")
        }
        index += length
    }

    private mutating func skipNumber(_ text: Span<UInt8>) throws(MalformedJSON) {
        if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
        if index < text.count, text[index] == UInt8(ascii: "0") {
            index += 1
        } else {
            try skipDigits(text)
        }
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            try skipDigits(text)
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index += 1 }
            try skipDigits(text)
        }
    }

    private mutating func skipDigits(_ text: Span<UInt8>) throws(MalformedJSON) {
        let start = index
        while index < text.count, text[index] &- 0x30 < 10 { index += 1 }
        guard index > start else { throw failure("not a JSON value") }
    }
}
