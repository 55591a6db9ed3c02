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

    /// Reads as much of a message as there is.
    package static func beginning(_ text: Span<UInt8>) -> Beginning {
        var scanner = MessageScanner()
        do throws(MalformedJSON) {
            try scanner.readMessage(text)
        } catch {
            // The text was cut: what was read before the cut is the answer.
        }
        if scanner.seen.contains(.method) { return .notResponse }
        return scanner.found.id.map { .response($0) } ?? .unknown
    }

    /// The id that the beginning of a message tells, or all of it; `nil` where it says none, or is a response.
    package static func requestID(inBeginning text: Span<UInt8>) -> MessageID? {
        var scanner = MessageScanner()
        do throws(MalformedJSON) {
            try scanner.readMessage(text)
        } catch {
            // The text was cut: what was read before the cut is the answer.
        }
        return scanner.seen.isDisjoint(with: [.result, .error]) ? scanner.found.id : nil
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
        found.hasLineBreaks = cursor.sawLineBreak
        return found
    }
}

extension MessageScanner {
    /// The fields that are read.
    private enum Field: UInt32 {
        case id, method, params, result, error, cancelled, token, metaToken, version, meta, resultMeta, modernVersion
        case subscription, resultType, name, toolError
    }

    /// The fields that were read, and what was wrong with them.
    private struct Seen: OptionSet {
        let rawValue: UInt32

        static let method = Seen(.method)
        static let result = Seen(.result)
        static let error = Seen(.error)
        static let nullID = Seen(rawValue: 1 << 29)
        static let repeated = Seen(rawValue: 1 << 30)
        static let mistyped = Seen(rawValue: 1 << 31)

        init(rawValue: UInt32) { self.rawValue = rawValue }
        init(_ field: Field) { self.rawValue = 1 << field.rawValue }
    }

    /// The objects that hold fields we read.
    private enum Level { case message, params, requestMeta, result, resultMeta }

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
            try readMember(Self.field(named: name, in: level, text), level, text)
        } while try cursor.continues(closing: UInt8(ascii: "}"), text)
    }

    private static func field(named name: JSONCursor.StringRange, in level: Level, _ text: Span<UInt8>) -> Field? {
        guard name.hasEscapes || name.content.count <= 40 else { return nil }
        switch (level, name.value(in: text)) {
        case (.message, "id"): return .id
        case (.message, "method"): return .method
        case (.message, "params"): return .params
        case (.message, "result"): return .result
        case (.message, "error"): return .error
        case (.params, "requestId"): return .cancelled
        case (.params, "progressToken"): return .token
        case (.requestMeta, "progressToken"): return .metaToken
        case (.params, "protocolVersion"), (.result, "protocolVersion"): return .version
        case (.result, "resultType"): return .resultType
        case (.params, "_meta"): return .meta
        case (.params, "name"): return .name
        case (.result, "isError"): return .toolError
        case (.result, "_meta"): return .resultMeta
        case (.requestMeta, "io.modelcontextprotocol/protocolVersion"): return .modernVersion
        case (.requestMeta, "io.modelcontextprotocol/subscriptionId"),
            (.resultMeta, "io.modelcontextprotocol/subscriptionId"):
            return .subscription
        default: return nil
        }
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

    private static func level(inside field: Field) -> Level {
        switch field {
        case .params: .params
        case .meta: .requestMeta
        case .resultMeta: .resultMeta
        default: .result
        }
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
