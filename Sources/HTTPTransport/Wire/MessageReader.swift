import NIOCore

/// Reads messages of HTTP/1.1 one after another out of bytes as they come (RFC 9112). It hands over one event at a time,
/// so whoever asks decides when the next message is looked at; until then its bytes wait here.
struct MessageReader {
    enum Event {
        /// Now `readBody` must say how the body ends.
        case head(HeadLines)
        case body(ByteBuffer)
        case end
    }

    private enum Stage {
        case head
        case length(Int)
        case chunkSize
        case chunk(Int)
        case chunkEnd
        case trailers
        case untilClose
        case end
    }

    private let kind: HeadLines.Kind
    private let limits: WireLimits
    private var stage = Stage.head
    /// Bytes that were not read yet.
    private var held = ByteBuffer()
    /// Of a head or trailers that have begun.
    private var lines: HeadLines?
    private var extensionBytes = 0

    init(_ kind: HeadLines.Kind, limits: WireLimits) {
        self.kind = kind
        self.limits = limits
    }

    var hasBytes: Bool { held.readableBytes > 0 }

    /// Whether the next event begins a message.
    var isBetweenMessages: Bool {
        if case .head = stage { return lines == nil }
        return false
    }

    /// Whether a body is being read that ends with the connection.
    var endsWithConnection: Bool {
        if case .untilClose = stage { return true }
        return false
    }

    mutating func append(_ bytes: ByteBuffer) {
        if held.readableBytes == 0 { held = bytes } else { held.writeImmutableBuffer(bytes) }
    }

    /// Forgets what waits.
    mutating func drop() { held = ByteBuffer() }

    /// To be called after a head.
    mutating func readBody(_ framing: BodyFraming) {
        extensionBytes = 0
        stage =
            switch framing {
            case .none: .end
            case .length(let bytes): .length(bytes)
            case .chunked: .chunkSize
            case .untilClose: .untilClose
            }
    }

    /// The next event; `nil` where more bytes are needed for it.
    mutating func next() throws(WireFault) -> Event? {
        while true {
            switch stage {
            case .head: return try readLines(kind).map { .head($0) }
            case .length(let left):
                guard let piece = take(atMost: left) else { return nil }
                stage = piece.readableBytes < left ? .length(left - piece.readableBytes) : .end
                return .body(piece)
            case .chunkSize:
                guard let size = try readChunkSize() else { return nil }
                stage = size > 0 ? .chunk(size) : .trailers
            case .chunk(let left):
                guard let piece = take(atMost: left) else { return nil }
                stage = piece.readableBytes < left ? .chunk(left - piece.readableBytes) : .chunkEnd
                return .body(piece)
            case .chunkEnd:
                guard try readChunkEnd() else { return nil }
                stage = .chunkSize
            case .trailers:
                guard try readLines(.trailers) != nil else { return nil }
                stage = .end
            case .untilClose: return take(atMost: .max).map { .body($0) }
            case .end:
                stage = .head
                release()
                return .end
            }
        }
    }

    private mutating func readLines(_ kind: HeadLines.Kind) throws(WireFault) -> HeadLines? {
        guard held.readableBytes > 0 else { return nil }
        var lines = lines ?? HeadLines(kind, limits)
        self.lines = nil  // or the fields would be copied when one is added
        let progress = held.withUnsafeReadableBytes { lines.read(WireText($0)) }
        switch progress {
        case .fault(let fault): throw fault
        case .incomplete(let consumed):
            held.moveReaderIndex(forwardBy: consumed)
            release()
            self.lines = lines
            return nil
        case .complete(let consumed):
            held.moveReaderIndex(forwardBy: consumed)
            return lines
        }
    }

    private mutating func take(atMost most: Int) -> ByteBuffer? {
        guard held.readableBytes > 0 else { return nil }
        let piece = held.readSlice(length: min(most, held.readableBytes))
        release()
        return piece
    }

    /// What was read whole is not kept: most connections rest most of the time.
    private mutating func release() {
        if held.readableBytes == 0 { held = ByteBuffer() }
    }

    /// Reads a line with a chunk's size (RFC 9112, 7.1). Its extensions are passed over, and bounded.
    private mutating func readChunkSize() throws(WireFault) -> Int? {
        enum Line { case incomplete, size(Int, consumed: Int, ignored: Int), fault(WireFault) }
        let line = held.withUnsafeReadableBytes { raw -> Line in
            let bytes = WireText(raw)
            guard let end = bytes.firstIndex(of: WireByte.lineFeed) else {
                return bytes.count > WireLimits.chunkLine ? .fault(.headTooLarge) : .incomplete
            }
            guard end < WireLimits.chunkLine else { return .fault(.headTooLarge) }
            guard end > 0, bytes[end - 1] == WireByte.carriageReturn else { return .fault(.malformed) }
            let line = bytes[0..<(end - 1)]
            let digits = line.firstIndex(of: UInt8(ascii: ";")) ?? line.count
            guard let size = Self.chunkSize(line[0..<digits]), line[digits..<line.count].isChunkExtensions else {
                return .fault(.malformed)
            }
            return .size(size, consumed: end + 1, ignored: line.count - digits)
        }
        switch line {
        case .incomplete: return nil
        case .fault(let fault): throw fault
        case .size(let size, let consumed, let ignored):
            extensionBytes += ignored
            guard extensionBytes <= WireLimits.chunkExtensions else { throw .headTooLarge }
            held.moveReaderIndex(forwardBy: consumed)
            release()
            return size
        }
    }

    /// Hexadecimal digits and nothing else, no more than fit.
    private static func chunkSize(_ text: WireText) -> Int? {
        guard !text.isEmpty, text.count <= 15 else { return nil }
        var size = 0
        for byte in text.bytes {
            guard let digit = WireByte.hexadecimal(byte) else { return nil }
            size = size * 16 + digit
        }
        return size
    }

    /// Answers whether the line's end after a chunk was there.
    private mutating func readChunkEnd() throws(WireFault) -> Bool {
        guard held.readableBytes > 0 else { return false }
        let first = held.getInteger(at: held.readerIndex, as: UInt8.self)
        guard first == WireByte.carriageReturn else { throw .malformed }
        guard held.readableBytes > 1 else { return false }
        let second = held.getInteger(at: held.readerIndex + 1, as: UInt8.self)
        guard second == WireByte.lineFeed else { throw .malformed }
        held.moveReaderIndex(forwardBy: 2)
        release()
        return true
    }
}
