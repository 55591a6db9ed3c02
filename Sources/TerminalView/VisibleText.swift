/// Text of somebody else's, made fit for the operator's terminal: what would drive it is taken out.
package enum VisibleText {
    /// One line. Colours and other control sequences (ECMA-48, 5.4) are dropped, other control characters and those that
    /// turn the direction of writing show as U+FFFD, and what comes after a line break is set in.
    package static func line(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        var rest = Substring(text).unicodeScalars
        while let last = rest.last, last == "\n" || last == "\r" { rest.removeLast() }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}" where rest.first == "[":
                rest = rest.dropFirst().drop { (0x20...0x3F).contains($0.value) }
                _ = rest.popFirst()
            case "\n": shown.append(contentsOf: "\n    ".unicodeScalars)
            case "\r" where rest.first == "\n": continue
            case "\t": shown.append(scalar)
            default: shown.append(isHarmless(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return String(shown)
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
