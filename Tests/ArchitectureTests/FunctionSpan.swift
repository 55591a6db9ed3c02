/// Where a function, an initialiser or a computed property begins and ends.
struct FunctionSpan {
    let name: String
    /// Counted from 1.
    let firstLine: Int
    /// From the declaration to the closing brace, both included.
    let lines: Int

    /// All of them in code whose strings and comments are blank, nested ones too.
    static func all(in code: [String]) -> [FunctionSpan] {
        let declaration =
            #/
            (?:^|[\s@\w])
            (?: func\s+(?<name>[^\s(<]+)
              | (?<special>init|deinit|subscript)[?]?\s*[(<{]
              | var\s+(?<property>\w+)\s*:[^={]*\{\s*$ )
            /#
        return code.indices.compactMap { index in
            guard isCandidate(code[index]), let match = code[index].firstMatch(of: declaration) else { return nil }
            let name = match.name ?? match.special ?? match.property ?? ""
            let column = code[index].utf8.distance(from: code[index].startIndex, to: match.range.lowerBound)
            guard let last = lastLine(of: code, from: index, column: column) else { return nil }
            return FunctionSpan(name: String(name), firstLine: index + 1, lines: last - index + 1)
        }
    }

    /// Spares most lines the regular expression, which is slow in a debug build.
    private static func isCandidate(_ line: String) -> Bool {
        line.contains("func ") || line.contains("init") || line.contains("subscript") || line.contains("var ")
    }

    /// The line of the brace that closes the body, or `nil` where there is no body (a requirement of a protocol, a
    /// call of an initialiser).
    private static func lastLine(of code: [String], from first: Int, column: Int) -> Int? {
        var parentheses = 0
        var braces = 0
        for index in first..<code.count {
            for byte in code[index].utf8.dropFirst(index == first ? column : 0) {
                switch byte {
                case UInt8(ascii: "("), UInt8(ascii: "["): parentheses += 1
                case UInt8(ascii: ")"), UInt8(ascii: "]"): parentheses -= 1
                case UInt8(ascii: "{") where parentheses == 0 || braces > 0: braces += 1
                case UInt8(ascii: "}") where parentheses == 0 || braces > 0:
                    braces -= 1
                    if braces == 0 { return index }
                    if braces < 0 { return nil }
                default: break
                }
            }
            let signatureIsOver = parentheses <= 0 && braces == 0
            if signatureIsOver && !continues(code, after: index) { return nil }
        }
        return nil
    }

    /// Whether the signature goes on in the next line: swift-format puts what follows the parameters there.
    private static func continues(_ code: [String], after index: Int) -> Bool {
        guard index + 1 < code.count else { return false }
        let next = code[index + 1].drop { $0 == " " }
        return ["{", "->", "async", "throws", "rethrows", "where", ")"].contains { next.hasPrefix($0) }
    }
}
