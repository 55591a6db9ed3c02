/// Reads the lines of a head, or of trailers, as they come. Each is looked at once it is whole.
struct HeadLines {
    enum Kind { case request, response, trailers }

    enum Progress {
        /// So many bytes were read; the rest is no whole line.
        case incomplete(consumed: Int)
        case complete(consumed: Int)
        case fault(WireFault)
    }

    private let kind: Kind
    private let limits: WireLimits
    private(set) var start: StartLine?
    /// Names are in lower case, as HTTP/2 writes them: they are compared often, and their case means nothing.
    private(set) var fields: [(String, String)] = []
    private(set) var framing = FramingFields()
    private var fieldCount = 0
    /// Bytes of the lines that were read.
    private var bytesRead = 0
    /// Bytes after them that hold no end of a line.
    private var scanned = 0

    init(_ kind: Kind, _ limits: WireLimits) {
        self.kind = kind
        self.limits = limits
        if kind != .trailers { fields.reserveCapacity(12) }
    }

    /// Reads what is whole of the bytes that were not consumed before.
    mutating func read(_ bytes: WireText) -> Progress {
        var position = 0
        do throws(WireFault) {
            while let end = bytes.firstIndex(of: WireByte.lineFeed, from: position + scanned) {
                scanned = 0
                bytesRead += end + 1 - position
                guard bytesRead <= limits.bytes else { throw .headTooLarge }
                // RFC 9112, 2.2 lets a recipient take LF alone for a line's end. Others do not, so this one does not.
                guard end > position, bytes[end - 1] == WireByte.carriageReturn else { throw .malformed }
                let line = bytes[position..<(end - 1)]
                position = end + 1
                if try readLine(line) { return .complete(consumed: position) }
            }
            try checkPart(bytes[position..<bytes.count])
        } catch {
            return .fault(error)
        }
        return .incomplete(consumed: position)
    }

    /// Answers whether the line is the last.
    private mutating func readLine(_ line: WireText) throws(WireFault) -> Bool {
        guard kind == .trailers || start != nil else {
            // RFC 9112, 2.2: a client may have sent an empty line after its last body.
            if line.isEmpty, kind == .request { return false }
            start = kind == .request ? try StartLine(request: line) : try StartLine(response: line)
            return false
        }
        if line.isEmpty { return true }
        try readField(line)
        return false
    }

    /// A line that begins with a blank continues the one before (obs-fold), which is refused like a blank before the
    /// colon: neither is part of a name (RFC 9112, 5.1 and 5.2).
    private mutating func readField(_ line: WireText) throws(WireFault) {
        fieldCount += 1
        guard fieldCount <= limits.fields else { throw .headTooLarge }
        var colon = 0
        while colon < line.count, WireByte.isToken(line[colon]) { colon += 1 }
        guard colon > 0, colon < line.count, line[colon] == UInt8(ascii: ":") else { throw .malformed }
        let name = line[0..<colon]
        let value = line[(colon + 1)..<line.count].trimmed
        guard value.isText else { throw .malformed }
        // Trailers are for those who know what they mean; nothing here does, and no field of them counts.
        guard kind != .trailers else { return }
        try framing.note(name, value)
        fields.append((name.lowercased, value.string))
    }

    /// Part of a line need not become whole to be refused: another protocol's bytes would be waited for in vain.
    private mutating func checkPart(_ part: WireText) throws(WireFault) {
        guard bytesRead + part.count <= limits.bytes else { throw .headTooLarge }
        // From the last byte on that was looked at: it may have been half of a line's end that did not come.
        let news = part[max(0, min(scanned, part.count) - 1)..<part.count]
        scanned = part.count
        guard news.count > 0 else { return }
        let last = news[news.count - 1]
        // A carriage return may be the first half of a line's end.
        guard last == WireByte.carriageReturn || WireByte.isText(last) else { throw .malformed }
        guard news[0..<(news.count - 1)].isText else { throw .malformed }
    }
}
