extension MessageScanner {
    /// The fields that are read.
    enum Field: UInt32 {
        case id, method, params, result, error, cancelled, token, metaToken, version, meta, resultMeta, modernVersion
        case subscription, resultType, name, toolError
    }

    /// The fields that were read, and what was wrong with them.
    struct Seen: OptionSet {
        let rawValue: UInt32

        static let method = Seen(.method)
        static let result = Seen(.result)
        static let error = Seen(.error)
        static let lookalike = Seen(rawValue: 1 << 28)
        static let nullID = Seen(rawValue: 1 << 29)
        static let repeated = Seen(rawValue: 1 << 30)
        static let mistyped = Seen(rawValue: 1 << 31)

        init(rawValue: UInt32) { self.rawValue = rawValue }
        init(_ field: Field) { self.rawValue = 1 << field.rawValue }
    }

    /// The objects that hold fields we read.
    enum Level { case message, params, requestMeta, result, resultMeta }

    /// A member's name, and whether it is one that only some parsers would take for it.
    typealias Reading = (field: Field?, isLookalike: Bool)

    /// Which field a member's name is.
    ///
    /// A name that differs from a field's by the case of its letters is none, but Go's parser would take it for one. Two
    /// clients of one server must not get at each other's requests that way.
    static func field(named name: JSONCursor.StringRange, in level: Level, _ text: Span<UInt8>) -> Reading {
        if name.isPlain { return field(spelled: text, name.content, in: level) }
        guard name.content.count <= longestName else { return (nil, false) }
        let value = Array(name.value(in: text).utf8)
        let reading = field(spelled: value.span, 0..<value.count, in: level)
        if reading.field != nil || reading.isLookalike { return reading }
        let folded = Array(String(String.UnicodeScalarView(name.value(in: text).unicodeScalars.map(folded))).utf8)
        let (field, isLookalike) = field(spelled: folded.span, 0..<folded.count, in: level)
        return (nil, field != nil || isLookalike)
    }

    private static func field(spelled text: Span<UInt8>, _ range: Range<Int>, in level: Level) -> Reading {
        switch (level, range.count) {
        case (.message, 2): compare(text, range, "id", .id)
        case (.message, 5): compare(text, range, "error", .error)
        case (.message, 6):
            switch text[range.lowerBound] | 0x20 {
            case UInt8(ascii: "m"): compare(text, range, "method", .method)
            case UInt8(ascii: "p"): compare(text, range, "params", .params)
            default: compare(text, range, "result", .result)
            }
        case (.params, 4): (equals(text, range, "name") ? .name : nil, false)
        case (.params, 5): compare(text, range, "_meta", .meta)
        case (.params, 9): compare(text, range, "requestId", .cancelled)
        case (.params, 13): compare(text, range, "progressToken", .token)
        case (.params, 15), (.result, 15): (equals(text, range, "protocolVersion") ? .version : nil, false)
        case (.requestMeta, 13): compare(text, range, "progressToken", .metaToken)
        case (.requestMeta, 38), (.resultMeta, 38):
            compare(text, range, "io.modelcontextprotocol/subscriptionId", .subscription)
        case (.requestMeta, 39):
            (equals(text, range, "io.modelcontextprotocol/protocolVersion") ? .modernVersion : nil, false)
        case (.result, 5): compare(text, range, "_meta", .resultMeta)
        case (.result, 7): (equals(text, range, "isError") ? .toolError : nil, false)
        case (.result, 10): (equals(text, range, "resultType") ? .resultType : nil, false)
        default: (nil, false)
        }
    }

    /// Whether a name is one of the same length, for fields that name no request.
    private static func equals(_ text: Span<UInt8>, _ range: Range<Int>, _ name: StaticString) -> Bool {
        for offset in 0..<range.count where text[range.lowerBound + offset] != name.utf8Start[offset] { return false }
        return true
    }

    /// Compares a name with a field's of the same length.
    private static func compare(
        _ text: Span<UInt8>,
        _ range: Range<Int>,
        _ name: StaticString,
        _ field: Field
    ) -> Reading {
        var isExact = true
        for offset in 0..<range.count {
            let (found, wanted) = (text[range.lowerBound + offset], name.utf8Start[offset])
            if found == wanted { continue }
            guard found | 0x20 == wanted | 0x20, (wanted | 0x20) &- 0x61 < 26 else { return (nil, false) }
            isExact = false
        }
        return isExact ? (field, false) : (nil, true)
    }

    /// Bytes of the longest name of a field with all of its letters escaped.
    private static let longestName = 6 * 39

    /// Simple case folding from outside ASCII into it (Unicode, CaseFolding.txt).
    private static func folded(_ scalar: UnicodeScalar) -> UnicodeScalar {
        switch scalar {
        case "\u{17F}": "s"
        case "\u{212A}": "k"
        default: scalar
        }
    }

    static func level(inside field: Field) -> Level {
        switch field {
        case .params: .params
        case .meta: .requestMeta
        case .resultMeta: .resultMeta
        default: .result
        }
    }
}
