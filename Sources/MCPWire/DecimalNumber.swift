/// A decimal number, exactly, whatever its size: 42, 42.0 and 4.2e1 are one.
package struct DecimalNumber: Equatable, Sendable {
    private var isNegative: Bool
    /// Without zeros at either end; none for zero.
    private var digits: [UInt8]
    /// The power of ten that the last digit stands for.
    private var exponent: Int

    /// Digits of an exponent; a longer one is no number to us.
    private static let longestExponent = 6

    /// Reads `-7`, `42.50` or `1e+21`; `nil` for anything else. Zeros before the number are borne with.
    package init?(_ text: String) {
        var rest = text.utf8[...]
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        let whole = Self.takeDigits(&rest)
        var fraction: [UInt8] = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = Self.takeDigits(&rest)
            if fraction.isEmpty { return nil }
        }
        guard !whole.isEmpty, let power = Self.takeExponent(&rest), rest.isEmpty else { return nil }
        digits = whole + fraction
        exponent = power - fraction.count
        let zeros = digits.reversed().prefix { $0 == 0 }.count
        digits.removeLast(zeros)
        exponent += zeros
        digits.removeFirst(digits.prefix { $0 == 0 }.count)
        if digits.isEmpty { (isNegative, exponent) = (false, 0) }
    }

    private static func takeDigits(_ text: inout Substring.UTF8View) -> [UInt8] {
        let digits = text.prefix { $0 &- 0x30 < 10 }
        text.removeFirst(digits.count)
        return digits.map { $0 - 0x30 }
    }

    private static func takeExponent(_ text: inout Substring.UTF8View) -> Int? {
        guard let mark = text.first, mark | 0x20 == UInt8(ascii: "e") else { return 0 }
        text.removeFirst()
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative || text.first == UInt8(ascii: "+") { text.removeFirst() }
        let digits = takeDigits(&text)
        guard !digits.isEmpty, digits.count <= longestExponent else { return nil }
        let power = digits.reduce(0) { $0 * 10 + Int($1) }
        return isNegative ? -power : power
    }
}
