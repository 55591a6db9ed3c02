import Yams

extension Node {
    var position: Position {
        mark.map { Position(line: $0.line, column: $0.column) } ?? .start
    }

    var isNull: Bool { isPlain && tag == Tag(.null) }

    /// Not in quotes, so that YAML gives it a type of its own.
    private var isPlain: Bool { scalar?.style == .plain }

    /// The text, if this is a scalar that YAML takes for text rather than for a number or a boolean.
    var plainText: String? {
        guard let scalar, !isPlain || tag == Tag(.str) || tag == Tag(.timestamp) else { return nil }
        return scalar.string
    }

    /// The text of any scalar but null, as it is written: `8001` and `true` are words of a command too.
    var rawText: String? { isNull ? nil : scalar?.string }

    /// Decimal only: `0x50`, `1_000` and `1:30` are integers to YAML, yet hardly what anybody meant.
    var decimal: Int? {
        guard isPlain, let text = scalar?.string else { return nil }
        let digits = text.first == "-" ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit), digits == "0" || digits.first != "0" else {
            return nil
        }
        return Int(text)
    }

    /// `true` or `false`; YAML 1.1's `yes` and `on` are left out, as YAML 1.2 did.
    var flag: Bool? {
        guard isPlain else { return nil }
        return switch scalar?.string {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }
}
