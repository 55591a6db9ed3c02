import NIOCore

/// Where the members of one JSON object stand in its text (the readable bytes of a buffer): for the few messages of
/// which more than the routing fields has to be known, or has to be changed. Ranges are byte offsets in the text, JSON
/// syntax included.
package struct JSONObject: Equatable, Sendable {
    package struct Member: Equatable, Sendable {
        package let name: String
        package let value: Range<Int>
    }

    package let members: [Member]
    /// The whole object, brackets included.
    package let range: Range<Int>

    /// Reads the object that begins at `start`. `nil` where the text holds no well-formed object there, or one that
    /// gives a member twice: two parsers would read it differently.
    package init?(in text: ByteBuffer, at start: Int = 0) {
        self.init(span: text.readableBytesUInt8Span, at: start)
    }

    private init?(span text: Span<UInt8>, at start: Int) {
        var cursor = JSONCursor()
        cursor.index = start
        do throws(MalformedJSON) {
            let found = try Self.read(&cursor, text)
            range = found.start..<cursor.index
            members = found.members
        } catch {
            return nil
        }
        guard Set(members.lazy.map(\.name)).count == members.count else { return nil }
    }

    private static func read(
        _ cursor: inout JSONCursor,
        _ text: Span<UInt8>
    ) throws(MalformedJSON) -> (start: Int, members: [Member]) {
        guard try cursor.peek(text) == UInt8(ascii: "{") else { throw cursor.failure("expected an object") }
        let start = cursor.index
        cursor.index += 1
        var members: [Member] = []
        if try cursor.peek(text) == UInt8(ascii: "}") {
            cursor.index += 1
            return (start, members)
        }
        repeat {
            guard try cursor.peek(text) == UInt8(ascii: "\"") else { throw cursor.failure("expected a member name") }
            let name = try cursor.readString(text).value(in: text)
            try cursor.expect(UInt8(ascii: ":"), text)
            members.append(Member(name: name, value: try cursor.skipValue(text)))
        } while try cursor.continues(closing: UInt8(ascii: "}"), text)
        return (start, members)
    }

    /// Where a member's value stands.
    package subscript(name: String) -> Range<Int>? { members.first { $0.name == name }?.value }

    /// A member that is an object itself.
    package func object(_ name: String, in text: ByteBuffer) -> JSONObject? {
        self[name].flatMap { JSONObject(in: text, at: $0.lowerBound) }
    }

    /// A member that is a string, unescaped.
    package func string(_ name: String, in text: ByteBuffer) -> String? {
        self[name].flatMap { Self.string(at: $0.lowerBound, in: text) }
    }

    /// The string that begins at `start`, unescaped; `nil` where there is none.
    package static func string(at start: Int, in text: ByteBuffer) -> String? {
        string(at: start, in: text.readableBytesUInt8Span)
    }

    private static func string(at start: Int, in text: Span<UInt8>) -> String? {
        var cursor = JSONCursor()
        cursor.index = start
        do throws(MalformedJSON) {
            guard try cursor.peek(text) == UInt8(ascii: "\"") else { return nil }
            return try cursor.readString(text).value(in: text)
        } catch {
            return nil
        }
    }
}
