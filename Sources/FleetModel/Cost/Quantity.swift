/// How much of something is billed, as an exact fraction: 32 hours a week are 416/3 hours a month.
package struct Quantity: Hashable, Sendable {
    package let numerator: Int
    package let denominator: Int

    package static let zero = Quantity(0)

    package init(_ numerator: Int, per denominator: Int = 1) {
        let divisor = Self.divisor(numerator.magnitude, denominator.magnitude)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// Reads digits with at most one point among them, such as `12` or `0.5`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard (1...2).contains(parts.count), !parts.contains(where: \.isEmpty), digits.allSatisfy(\.isASCIIDigit),
            digits.count <= 18 || digits.drop(while: { $0 == "0" }).count <= 18, let number = Int(digits)
        else { return nil }
        let places = parts.count == 2 ? parts[1].count : 0
        guard places <= 18 else { return nil }
        self.init(number, per: (0..<places).reduce(1) { power, _ in power * 10 })
    }

    package var isZero: Bool { numerator == 0 }

    package static func * (first: Quantity, second: Quantity) -> Quantity {
        // Crosswise first, so that no product is larger than it has to be.
        let left = Quantity(first.numerator, per: second.denominator)
        let right = Quantity(second.numerator, per: first.denominator)
        return Quantity(left.numerator * right.numerator, per: left.denominator * right.denominator)
    }

    package static func * (first: Quantity, second: Int) -> Quantity { first * Quantity(second) }

    /// With one decimal, or none where there is nothing behind the point: `1460`, `138.7`.
    package var text: String {
        let tenths = (numerator * 20 + denominator) / (denominator * 2)
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    /// Up to three decimals: `0.25`, `3`.
    package var exactText: String {
        Money(billionths: (Money(billionths: 1_000_000_000) * self).billionths / 1_000_000 * 1_000_000).exactText
    }

    /// Euclid's; 1 where both are 0.
    private static func divisor(_ first: UInt, _ second: UInt) -> Int {
        var (larger, smaller) = (first, second)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return Int(max(1, larger))
    }
}
