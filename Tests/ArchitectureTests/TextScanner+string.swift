/// Strings, which may hold code that holds strings.
extension TextScanner {
    /// How many `#` stand before a quote here; `nil` where no string begins.
    func hashesBeforeQuote() -> Int? {
        let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
        let quote = position + hashes
        return quote < bytes.count && bytes[quote] == UInt8(ascii: "\"") ? hashes : nil
    }

    /// Leaves two quotes in the code for the whole string, however long it is.
    mutating func string(hashes: Int) {
        take(hashes, into: nil)
        let mark = String(repeating: "#", count: hashes)
        let isMultiline = startsWith(#"""""#) && dialect == .swift
        let quotes = isMultiline ? #"""""# : "\""
        let interpolation = dialect == .swift ? "\\\(mark)(" : "${"
        codeLine += [UInt8(ascii: "\""), UInt8(ascii: "\"")]
        take(quotes.count, into: nil)
        while position < bytes.count {
            if startsWith(quotes + mark) { return take(quotes.count + hashes, into: nil) }
            if startsWith("\n") && !isMultiline { return }
            if startsWith(interpolation) {
                skipInterpolation(interpolation.count)
            } else if startsWith("\\\(mark)") {
                take(2 + hashes, into: nil)
            } else {
                take(into: nil)
            }
        }
    }

    private mutating func skipInterpolation(_ opening: Int) {
        take(opening, into: nil)
        let (open, close): (UInt8, UInt8) =
            dialect == .swift ? (UInt8(ascii: "("), UInt8(ascii: ")")) : (UInt8(ascii: "{"), UInt8(ascii: "}"))
        var depth = 1
        while depth > 0 && position < bytes.count && bytes[position] != UInt8(ascii: "\n") {
            if let hashes = hashesBeforeQuote() {
                let codeSoFar = codeLine
                string(hashes: hashes)
                codeLine = codeSoFar
                continue
            }
            if bytes[position] == open { depth += 1 }
            if bytes[position] == close { depth -= 1 }
            take(into: nil)
        }
    }
}
