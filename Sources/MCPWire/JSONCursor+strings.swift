extension JSONCursor {
    /// A string that was read: where its content lies, quotes excluded, and whether it holds escapes, or more than
    /// ASCII.
    struct StringRange {
        let content: Range<Int>
        let hasEscapes: Bool
        let hasScalars: Bool

        /// Its bytes are its value, one a character.
        var isPlain: Bool { !hasEscapes && !hasScalars }

        /// The string's value.
        func value(in text: Span<UInt8>) -> String {
            guard hasEscapes else { return JSONCursor.string(text, content) }
            return JSONCursor.unescaped(text, content)
        }
    }

    /// Reads a string at the cursor, which stands on its opening quote.
    mutating func readString(_ text: Span<UInt8>) throws(MalformedJSON) -> StringRange {
        index += 1
        let start = index
        var hasEscapes = false
        var hasScalars = false
        while true {
            skipPlain(text)
            guard index < text.count else { break }
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return StringRange(content: start..<(index - 1), hasEscapes: hasEscapes, hasScalars: hasScalars)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape(text)
            case 0..<0x20: throw failure("a control character stands unescaped in a string")
            case 0x20..<0x80: index += 1
            default:
                hasScalars = true
                try skipScalar(text)
            }
        }
        throw failure("a string does not end")
    }

    /// Passes over what means itself, as far as that can be seen eight bytes at a time: ASCII without quotes, backslashes
    /// and control characters. It stops at the first byte that is none of that, or near the text's end.
    private mutating func skipPlain(_ text: Span<UInt8>) {
        let bytes = text.bytes
        while index + 8 <= text.count {
            let eight = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quotes = Self.zeroes(eight ^ 0x2222_2222_2222_2222)
            let backslashes = Self.zeroes(eight ^ 0x5C5C_5C5C_5C5C_5C5C)
            let controls = (eight &- 0x2020_2020_2020_2020) & ~eight
            // A subtraction's borrow can mark a byte wrongly, but only after one that is marked rightly.
            let found = (quotes | backslashes | controls | eight) & 0x8080_8080_8080_8080
            guard found == 0 else { return index += UInt64(littleEndian: found).trailingZeroBitCount / 8 }
            index += 8
        }
    }

    /// Marks the first byte that is zero, by its highest bit.
    @inline(__always)
    private static func zeroes(_ eight: UInt64) -> UInt64 { (eight &- 0x0101_0101_0101_0101) & ~eight }

    private mutating func skipEscape(_ text: Span<UInt8>) throws(MalformedJSON) {
        guard index + 1 < text.count else { throw failure("the text ends early") }
        switch text[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            index += 2
        case UInt8(ascii: "u"):
            guard index + 6 <= text.count, Self.hexadecimal(text, index + 2) != nil else {
                throw failure("an escape is not \\u and four hexadecimal digits")
            }
            index += 6
        default: throw failure("an unknown escape")
        }
    }

    /// Skips one multi-byte UTF-8 sequence (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
    private mutating func skipScalar(_ text: Span<UInt8>) throws(MalformedJSON) {
        let lead = text[index]
        let (length, least, most): (Int, UInt8, UInt8) =
            switch lead {
            case 0xC2...0xDF: (2, 0x80, 0xBF)
            case 0xE0: (3, 0xA0, 0xBF)
            case 0xED: (3, 0x80, 0x9F)
            case 0xE1...0xEF: (3, 0x80, 0xBF)
            case 0xF0: (4, 0x90, 0xBF)
            case 0xF1...0xF3: (4, 0x80, 0xBF)
            case 0xF4: (4, 0x80, 0x8F)
            default: (0, 0, 0)
            }
        guard length > 0, index + length <= text.count else { throw failure("not UTF-8") }
        guard text[index + 1] >= least, text[index + 1] <= most else { throw failure("not UTF-8") }
        for offset in 2..<max(2, length) where text[index + offset] & 0xC0 != 0x80 { throw failure("not UTF-8") }
        index += length
    }

    static func string(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
        String(unsafeUninitializedCapacity: range.count) { target in
            text.extracting(range).withUnsafeBufferPointer { target.initialize(fromContentsOf: $0) }
        }
    }

    private static func hexadecimal(_ text: Span<UInt8>, _ start: Int) -> UInt16? {
        var value: UInt16 = 0
        for position in start..<(start + 4) {
            guard let digit = Character(UnicodeScalar(text[position])).hexDigitValue else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    /// The value of a string that holds escapes and was already read; a lone surrogate becomes U+FFFD.
    private static func unescaped(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
        var units: [UInt16] = []
        var out: [UInt8] = []
        func flush() {
            guard !units.isEmpty else { return }
            out.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
            units.removeAll(keepingCapacity: true)
        }
        var position = range.lowerBound
        while position < range.upperBound {
            if text[position] == UInt8(ascii: "\\") {
                let kind = text[position + 1]
                if kind == UInt8(ascii: "u"), let unit = hexadecimal(text, position + 2) {
                    units.append(unit)
                    position += 6
                    continue
                }
                flush()
                out.append(simpleEscape(kind))
                position += 2
            } else {
                flush()
                out.append(text[position])
                position += 1
            }
        }
        flush()
        return String(decoding: out, as: UTF8.self)
    }

    private static func simpleEscape(_ kind: UInt8) -> UInt8 {
        switch kind {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: kind
        }
    }
}
