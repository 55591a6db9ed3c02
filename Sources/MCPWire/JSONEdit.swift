import NIOCore

/// Changes to a JSON text that leave every other byte as it is.
///
/// Two members that are inserted into one empty object would miss the comma between them: insert them as one text.
package struct JSONEdit: Sendable {
    private var changes: [(range: Range<Int>, bytes: [UInt8])] = []

    package init() {}

    /// Puts `bytes` in the place of a range; ranges must not overlap.
    package mutating func replace(_ range: Range<Int>, with bytes: some Sequence<UInt8>) {
        changes.append((range, Array(bytes)))
    }

    /// Adds a member, as JSON, at the front of an object.
    package mutating func insert(_ member: String, into object: JSONObject) {
        let place = object.range.lowerBound + 1
        let separator = object.members.isEmpty ? "" : ","
        changes.append((place..<place, Array((member + separator).utf8)))
    }

    /// The text with all changes. Offsets are relative to the buffer's reader index.
    package func applied(to text: ByteBuffer) -> ByteBuffer {
        guard !changes.isEmpty else { return text }
        var out = ByteBuffer()
        out.reserveCapacity(text.readableBytes + changes.reduce(0) { $0 + $1.bytes.count })
        var position = 0
        for (_, change) in changes.enumerated().sorted(by: { Self.precedes($0, $1) }) {
            copy(position..<change.range.lowerBound, of: text, to: &out)
            out.writeBytes(change.bytes)
            position = change.range.upperBound
        }
        copy(position..<text.readableBytes, of: text, to: &out)
        return out
    }

    private typealias Numbered = (offset: Int, element: (range: Range<Int>, bytes: [UInt8]))

    /// By place; what was inserted last at one place comes first there, since its separator follows it.
    private static func precedes(_ one: Numbered, _ other: Numbered) -> Bool {
        let (left, right) = (one.element.range.lowerBound, other.element.range.lowerBound)
        return left == right ? one.offset > other.offset : left < right
    }

    private func copy(_ range: Range<Int>, of text: ByteBuffer, to out: inout ByteBuffer) {
        guard let piece = text.getSlice(at: text.readerIndex + range.lowerBound, length: range.count) else { return }
        out.writeImmutableBuffer(piece)
    }
}
