/// Writes values as YAML that reads back as the same text.
enum YAMLText {
    static func scalar(_ text: String) -> String {
        isPlain(text) ? text : quoted(text)
    }

    static func list(_ items: [String]) -> String {
        "[" + items.map(scalar).joined(separator: ", ") + "]"
    }

    /// Plain only where no reader of YAML could see a number, a boolean, null or a mark of its own.
    private static func isPlain(_ text: String) -> Bool {
        let body = text.drop { "-/.".contains($0) }
        guard let first = body.first, first.isASCIILetter || first == "_" else { return false }
        guard text.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "-_./@=+:".contains($0) }) else { return false }
        return text.last != ":" && !otherwiseRead.contains(text.lowercased())
    }

    private static let otherwiseRead: Set<String> = [
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", ".inf", "-.inf", ".nan",
    ]

    /// Double quotes, with JSON's escapes, which YAML 1.2 (5.7) shares.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: "\\x" + hexByte(scalar.value)
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    private static func hexByte(_ value: UInt32) -> String {
        (value < 16 ? "0" : "") + String(value, radix: 16)
    }
}
