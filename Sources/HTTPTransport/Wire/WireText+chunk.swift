extension WireText {
    /// Whether it is what may follow a chunk's size: nothing, or names with values or without (RFC 9112, 7.1.1).
    var isChunkExtensions: Bool {
        var index = 0
        while index < count {
            guard self[index] == UInt8(ascii: ";"), let name = endOfToken(from: index + 1) else { return false }
            index = name
            guard index < count, self[index] == UInt8(ascii: "=") else { continue }
            guard let value = endOfQuotation(from: index + 1) ?? endOfToken(from: index + 1) else { return false }
            index = value
        }
        return true
    }

    private func endOfToken(from start: Int) -> Int? {
        var index = start
        while index < count, WireByte.isToken(self[index]) { index += 1 }
        return index > start ? index : nil
    }

    private func endOfQuotation(from start: Int) -> Int? {
        guard start < count, self[start] == UInt8(ascii: "\"") else { return nil }
        var index = start + 1
        while index < count, WireByte.isText(self[index]) {
            switch self[index] {
            case UInt8(ascii: "\""): return index + 1
            case UInt8(ascii: "\\"):
                guard index + 1 < count, WireByte.isText(self[index + 1]) else { return nil }
                index += 2
            default: index += 1
            }
        }
        return nil
    }
}
