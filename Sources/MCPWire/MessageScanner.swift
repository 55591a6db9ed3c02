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
        found.isError = seen.contains(.error)
        found.hasLineBreaks = cursor.sawLineBreak
        return found
    }
}

extension MessageScanner {
    /// The fields that are read.
    private enum Field: UInt16 {
        case id, method, params, result, error, cancelled, progressToken, version, meta, modernVersion
    }

    /// The fields that were read, and what was wrong with them.
    private struct Seen: OptionSet {
        let rawValue: UInt16

        static let method = Seen(.method)
        static let result = Seen(.result)
        static let error = Seen(.error)
        static let nullID = Seen(rawValue: 1 << 13)
        static let repeated = Seen(rawValue: 1 << 14)
        static let mistyped = Seen(rawValue: 1 << 15)

        init(rawValue: UInt16) { self.rawValue = rawValue }
        init(_ field: Field) { self.rawValue = 1 << field.rawValue }
    }

    /// The objects that hold fields we read.
    private enum Level { case message, params, requestMeta, result }

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
        case (.params, "progressToken"), (.requestMeta, "progressToken"): return .progressToken
        case (.params, "protocolVersion"), (.result, "protocolVersion"): return .version
        case (.params, "_meta"): return .meta
        case (.requestMeta, "io.modelcontextprotocol/protocolVersion"): return .modernVersion
        default: return nil
        }
    }

    private mutating func readMember(_ field: Field?, _ level: Level, _ text: Span<UInt8>) throws(MalformedJSON) {
        guard let field else {
            try cursor.skipValue(text)
            return
        }
        if !seen.insert(Seen(field)).inserted, field != .progressToken { seen.insert(.repeated) }
        let first = try cursor.peek(text)
        switch field {
        case .params, .meta, .result:
            try readHolder(field, first, text)
        case .id:
            let isNull = first == UInt8(ascii: "n")
            found.id = try readID(first, text)
            if isNull { seen.insert(.nullID) } else if found.id == nil { seen.insert(.mistyped) }
        case .cancelled: found.cancelled = try readID(first, text)
        case .progressToken: found.progressToken = try readID(first, text)
        case .method:
            if let method = try readText(first, text) {
                found.method = .init(method)
            } else {
                seen.insert(.mistyped)
            }
        case .version: found.protocolVersion = try readText(first, text)
        case .modernVersion: found.modernVersion = try readText(first, text) ?? ""
        case .error: try cursor.skipValue(text)
        }
    }

    private mutating func readHolder(_ field: Field, _ first: UInt8, _ text: Span<UInt8>) throws(MalformedJSON) {
        let start = cursor.index
        if first == UInt8(ascii: "{") {
            try readObject(field == .params ? .params : field == .meta ? .requestMeta : .result, text)
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

    private mutating func readID(_ first: UInt8, _ text: Span<UInt8>) throws(MalformedJSON) -> MessageID? {
        if first == UInt8(ascii: "\"") { return bounded(try cursor.readString(text), text).map { .text($0) } }
        let range = try cursor.skipValue(text)
        guard range.count <= Self.longestField else { return nil }
        guard first == UInt8(ascii: "-") || (first &- 0x30) < 10 else { return nil }
        return .number(JSONCursor.string(text, range))
    }
}
