/// Reads the routing fields of a JSON-RPC message in one walk over its bytes.
///
/// It refuses what two parsers could read differently: a routing field that is given twice, or with a type that
/// JSON-RPC or MCP does not allow. Everything it does not know it passes over.
package struct MessageScanner {
    /// Why a text is not a JSON-RPC message, by JSON-RPC 2.0's own distinction.
    package enum Refusal: Error, Equatable, Sendable {
        /// Not JSON: -32700.
        case malformed(MalformedJSON)
        /// JSON, but not a JSON-RPC message: -32600.
        case invalid(String)
    }

    /// Bytes of an id, a method or a version; a longer one counts as mistyped.
    static let longestField = 1024

    private var cursor = JSONCursor()
    private var found = MessageEnvelope(kind: .notification)
    private var seen: Seen = []
    private var token: FoundID = (nil, nil)
    private var metaToken: FoundID = (nil, nil)

    private init() {}

    /// Scans a text that holds exactly one message (no batch).
    package static func scan(_ text: Span<UInt8>) throws(Refusal) -> MessageEnvelope {
        var scanner = MessageScanner()
        do throws(MalformedJSON) {
            try scanner.readMessage(text)
        } catch {
            throw .malformed(error)
        }
        return try scanner.judged(text)
    }

    /// What the beginning of a message that was cut tells of it.
    package enum Beginning: Equatable, Sendable {
        /// It would have answered this request.
        case response(MessageID)
        /// It was a request or a notification.
        case notResponse
        case unknown
    }

    /// Reads as much of a message as there is. An id alone does not make it a response: requests have one too.
    package static func beginning(_ text: Span<UInt8>) -> Beginning {
        let scanner = reading(text)
        if scanner.seen.contains(.method) { return .notResponse }
        guard !scanner.seen.isDisjoint(with: [.result, .error]) else { return .unknown }
        return scanner.idBeforeCut(text).map { .response($0) } ?? .unknown
    }

    /// The id that the beginning of a message tells, or all of it; `nil` where it says none, or is a response.
    package static func requestID(inBeginning text: Span<UInt8>) -> MessageID? {
        let scanner = reading(text)
        return scanner.seen.isDisjoint(with: [.result, .error]) ? scanner.idBeforeCut(text) : nil
    }

    private static func reading(_ text: Span<UInt8>) -> MessageScanner {
        var scanner = MessageScanner()
        do throws(MalformedJSON) {
            try scanner.readMessage(text)
        } catch {
            // The text was cut: what was read before the cut is the answer.
        }
        return scanner
    }

    /// The id, where it is whole: of a number that ends with the text, the cut may have taken digits.
    private func idBeforeCut(_ text: Span<UInt8>) -> MessageID? {
        if case .number? = found.id, found.places.id?.upperBound == text.count { return nil }
        return found.id
    }

    private mutating func judged(_ text: Span<UInt8>) throws(Refusal) -> MessageEnvelope {
        if seen.contains(.repeated) { throw .invalid("a field that routes the message is given twice") }
        if seen.contains(.mistyped) { throw .invalid("a field that routes the message has the wrong type") }
        let answers = seen.contains(.result) || seen.contains(.error)
        switch (seen.contains(.method), answers) {
        case (true, false): found.kind = found.id == nil ? .notification : .request
        case (false, true): found.kind = .response
        case (true, true): throw .invalid("a message has a method or a result, not both")
        case (false, false): throw .invalid("a message has a method, a result or an error")
        }
        if seen.contains(.nullID), found.kind != .response { throw .invalid("the id of a request is never null") }
        (found.progressToken, found.places.progressToken) = found.kind == .notification ? token : metaToken
        found.isError = seen.contains(.error)
        found.hasLookalikes = seen.contains(.lookalike)
        found.hasLineBreaks = cursor.sawLineBreak
        return found
    }
}

extension MessageScanner {
    private mutating func readMessage(_ text: Span<UInt8>) throws(MalformedJSON) {
        guard try cursor.peek(text) == UInt8(ascii: "{") else { throw cursor.failure("a message is a JSON object") }
        try readObject(.message, text)
        cursor.skipSpace(text)
        guard cursor.index == text.count else { throw cursor.failure("more text follows the message") }
    }

    private mutating func readObject(_ level: Level, _ text: Span<UInt8>) throws(MalformedJSON) {
        cursor.index += 1
        if try cursor.peek(text) == UInt8(ascii: "}") {
            cursor.index += 1
            return
        }
        repeat {
            guard try cursor.peek(text) == UInt8(ascii: "\"") else { throw cursor.failure("expected a member name") }
            let name = try cursor.readString(text)
            try cursor.expect(UInt8(ascii: ":"), text)
            let (field, isLookalike) = Self.field(named: name, in: level, text)
            if isLookalike { seen.insert(.lookalike) }
            try readMember(field, level, text)
        } while try cursor.continues(closing: UInt8(ascii: "}"), text)
    }

    private mutating func readMember(_ field: Field?, _ level: Level, _ text: Span<UInt8>) throws(MalformedJSON) {
        guard let field else {
            try cursor.skipValue(text)
            return
        }
        if !seen.insert(Seen(field)).inserted { seen.insert(.repeated) }
        let first = try cursor.peek(text)
        switch field {
        case .params, .meta, .result, .resultMeta:
            try readHolder(field, first, text)
        case .id:
            (found.id, found.places.id) = try readID(first, text)
            if found.places.id == nil { seen.insert(.nullID) } else if found.id == nil { seen.insert(.mistyped) }
        case .cancelled: (found.cancelled, found.places.cancelled) = try readID(first, text)
        case .token: token = try readID(first, text)
        case .metaToken: metaToken = try readID(first, text)
        case .subscription: (found.subscription, found.places.subscription) = try readID(first, text)
        case .method:
            if let method = try readText(first, text) {
                found.method = .init(method)
            } else {
                seen.insert(.mistyped)
            }
        case .version: found.protocolVersion = try readText(first, text)
        case .modernVersion: found.modernVersion = try readText(first, text) ?? ""
        case .resultType: found.resultType = try readText(first, text)
        case .name: found.name = try readText(first, text)
        case .toolError:
            found.isToolError = first == UInt8(ascii: "t")
            try cursor.skipValue(text)
        case .error: try cursor.skipValue(text)
        }
    }

    private mutating func readHolder(_ field: Field, _ first: UInt8, _ text: Span<UInt8>) throws(MalformedJSON) {
        let start = cursor.index
        if first == UInt8(ascii: "{") {
            try readObject(Self.level(inside: field), text)
        } else {
            try cursor.skipValue(text)
        }
        if field == .params { found.params = start..<cursor.index }
    }

    private mutating func readText(_ first: UInt8, _ text: Span<UInt8>) throws(MalformedJSON) -> String? {
        guard first == UInt8(ascii: "\"") else {
            try cursor.skipValue(text)
            return nil
        }
        return bounded(try cursor.readString(text), text)
    }

    private func bounded(_ string: JSONCursor.StringRange, _ text: Span<UInt8>) -> String? {
        string.content.count <= Self.longestField ? string.value(in: text) : nil
    }

    /// A field that may hold an id; its place is `nil` where it holds null.
    private typealias FoundID = (id: MessageID?, place: Range<Int>?)

    private mutating func readID(_ first: UInt8, _ text: Span<UInt8>) throws(MalformedJSON) -> FoundID {
        let start = cursor.index
        if first == UInt8(ascii: "\"") {
            let string = try cursor.readString(text)
            return (bounded(string, text).map { .text($0) }, start..<cursor.index)
        }
        let range = try cursor.skipValue(text)
        if first == UInt8(ascii: "n") { return (nil, nil) }
        guard range.count <= Self.longestField, first == UInt8(ascii: "-") || (first &- 0x30) < 10 else {
            return (nil, range)
        }
        return (.number(JSONCursor.string(text, range)), range)
    }
}
