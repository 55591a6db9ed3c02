import NIOCore

/// Writing the fields that name a request anew, every other byte staying as it is.
extension ScannedMessage {
    /// What takes the place of what the message holds; `nil` leaves it. A field that the message does not have is not
    /// added to it.
    package struct Rewriting: Sendable {
        package var id: WrittenID?
        package var cancelled: WrittenID?
        package var progressToken: WrittenID?
        package var subscription: WrittenID?

        package init(
            id: WrittenID? = nil,
            cancelled: WrittenID? = nil,
            progressToken: WrittenID? = nil,
            subscription: WrittenID? = nil
        ) {
            self.id = id
            self.cancelled = cancelled
            self.progressToken = progressToken
            self.subscription = subscription
        }
    }

    /// The message as a line of the stdio transport, its break included.
    package func rewrittenLine(_ rewriting: Rewriting) -> ByteBuffer {
        var line = Splice(rewriting, envelope.places).applied(to: bytes)
        line.writeInteger(UInt8(ascii: "\n"))
        return line
    }

    /// The message with an envelope that describes it as it is now.
    package func rewritten(_ rewriting: Rewriting) -> ScannedMessage {
        let splice = Splice(rewriting, envelope.places)
        var changed = envelope
        changed.id = rewriting.id?.value ?? changed.id
        changed.cancelled = rewriting.cancelled?.value ?? changed.cancelled
        changed.progressToken = rewriting.progressToken?.value ?? changed.progressToken
        changed.subscription = rewriting.subscription?.value ?? changed.subscription
        changed.params = splice.moved(changed.params)
        changed.places.id = splice.moved(changed.places.id)
        changed.places.cancelled = splice.moved(changed.places.cancelled)
        changed.places.progressToken = splice.moved(changed.places.progressToken)
        changed.places.subscription = splice.moved(changed.places.subscription)
        return ScannedMessage(envelope: changed, bytes: splice.applied(to: bytes))
    }

    /// The bytes of an id as they stand in the message.
    package func written(_ id: MessageID?, at place: Range<Int>?) -> WrittenID? {
        guard let id, let place else { return nil }
        return bytes.getBytes(at: bytes.readerIndex + place.lowerBound, length: place.count)
            .map { WrittenID(value: id, text: $0) }
    }
}

/// Pieces of a text and what takes their place, in order.
private struct Splice {
    private var pieces: [(place: Range<Int>, text: [UInt8])] = []

    init(_ rewriting: ScannedMessage.Rewriting, _ places: MessageEnvelope.Places) {
        add(rewriting.id, places.id)
        add(rewriting.cancelled, places.cancelled)
        add(rewriting.progressToken, places.progressToken)
        add(rewriting.subscription, places.subscription)
    }

    private mutating func add(_ id: WrittenID?, _ place: Range<Int>?) {
        guard let id, let place else { return }
        let index = pieces.firstIndex { $0.place.lowerBound > place.lowerBound } ?? pieces.endIndex
        pieces.insert((place, id.text), at: index)
    }

    /// Where a range of the old text stands in the new one.
    func moved(_ range: Range<Int>?) -> Range<Int>? { range.map { moved($0.lowerBound)..<moved($0.upperBound) } }

    private func moved(_ position: Int) -> Int {
        pieces.reduce(position) { $1.place.upperBound <= position ? $0 + $1.text.count - $1.place.count : $0 }
    }

    /// The new text, with room for a line break after it.
    func applied(to text: ByteBuffer) -> ByteBuffer {
        var out = ByteBuffer()
        out.reserveCapacity(moved(text.readableBytes) + 1)
        var position = 0
        for piece in pieces {
            copy(position..<piece.place.lowerBound, of: text, to: &out)
            out.writeBytes(piece.text)
            position = piece.place.upperBound
        }
        copy(position..<text.readableBytes, of: text, to: &out)
        return out
    }

    private func copy(_ range: Range<Int>, of text: ByteBuffer, to out: inout ByteBuffer) {
        guard let piece = text.getSlice(at: text.readerIndex + range.lowerBound, length: range.count) else { return }
        out.writeImmutableBuffer(piece)
    }
}
