import NIOCore

/// Cuts the bytes of an event stream into its events, whole and unchanged (HTML Living Standard, 9.2).
package struct ServerEvents {
    package struct Event: Equatable {
        /// Every byte of it, the empty line at its end included.
        package let bytes: ByteBuffer
        /// What its `data` lines say; `nil` where it has none.
        package let data: ByteBuffer?

        /// Its id, from which a client resumes the stream; `nil` where it has none.
        package var id: String? {
            ServerEvents.lines(of: bytes).lazy.compactMap { ServerEvents.value(of: "id", in: $0, bytes) }.last
                .map { String(buffer: $0) }
        }
    }

    private var pending = ByteBuffer()
    private var searched = 0
    private var isLineEmpty = true

    /// Bytes of an event that is not complete.
    var unfinishedBytes: Int { pending.readableBytes }

    package init() {}

    package mutating func append(_ piece: ByteBuffer) {
        if pending.readableBytes == 0 {
            pending = piece
            (searched, isLineEmpty) = (0, true)
        } else {
            pending.discardReadBytes()
            pending.writeImmutableBuffer(piece)
        }
    }

    /// The next event that is complete, or `nil` until more bytes arrive.
    package mutating func next() -> Event? {
        guard let length = findEnd(), let bytes = pending.readSlice(length: length) else { return nil }
        (searched, isLineEmpty) = (0, true)
        return Event(bytes: bytes, data: Self.data(of: bytes))
    }

    /// What stands after the last whole event, once no more bytes will come.
    package mutating func finish() -> ByteBuffer {
        defer { pending = ByteBuffer() }
        return pending
    }

    private mutating func findEnd() -> Int? {
        var (index, isEmpty) = (searched, isLineEmpty)
        defer { (searched, isLineEmpty) = (index, isEmpty) }
        return pending.withUnsafeReadableBytes { bytes in
            while index < bytes.count {
                switch bytes[index] {
                case 0x0D where index + 1 == bytes.count: return nil  // a line feed may belong to it
                case 0x0A, 0x0D:
                    index += bytes[index] == 0x0D && bytes[index + 1] == 0x0A ? 2 : 1
                    if isEmpty { return index }
                    isEmpty = true
                default:
                    isEmpty = false
                    index += 1
                }
            }
            return nil
        }
    }

    private static func data(of event: ByteBuffer) -> ByteBuffer? {
        var found: ByteBuffer?
        for line in lines(of: event) {
            guard let value = value(of: "data", in: line, event) else { continue }
            if found == nil {
                found = value
            } else {
                found?.writeInteger(UInt8(ascii: "\n"))
                found?.writeImmutableBuffer(value)
            }
        }
        return found
    }

    /// The event with another message as its data, everything else in place.
    package static func replacing(dataOf event: Event, with message: ByteBuffer) -> ByteBuffer {
        var out = ByteBuffer()
        out.reserveCapacity(event.bytes.readableBytes + message.readableBytes)
        for line in lines(of: event.bytes) where !line.isEmpty && value(of: "data", in: line, event.bytes) == nil {
            out.writeBytes(event.bytes.readableBytesView[line])
            out.writeInteger(UInt8(ascii: "\n"))
        }
        out.writeStaticString("data: ")
        out.writeBytes(message.readableBytesView.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        out.writeStaticString("\n\n")
        return out
    }

    fileprivate static func lines(of event: ByteBuffer) -> [Range<Int>] {
        let view = event.readableBytesView
        return view.split(omittingEmptySubsequences: true) { $0 == 0x0A || $0 == 0x0D }.map {
            $0.startIndex..<$0.endIndex
        }
    }

    fileprivate static func value(of field: StaticString, in line: Range<Int>, _ event: ByteBuffer) -> ByteBuffer? {
        let name = field.utf8CodeUnitCount
        let view = event.readableBytesView[line]
        guard view.count >= name, field.withUTF8Buffer({ view.prefix(name).elementsEqual($0) }) else { return nil }
        guard view.count > name else { return ByteBuffer() }
        guard view[view.startIndex + name] == UInt8(ascii: ":") else { return nil }
        let spaced = view.count > name + 1 && view[view.startIndex + name + 1] == UInt8(ascii: " ")
        let skipped = name + (spaced ? 2 : 1)
        return event.getSlice(at: line.lowerBound + skipped, length: line.count - skipped)
    }
}
