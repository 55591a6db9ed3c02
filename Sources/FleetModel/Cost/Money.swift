/// US dollars, exactly: a whole number of billionths, so that no sum ever depends on how binary fractions round.
package struct Money: Hashable, Sendable, Comparable {
    /// Billionths of a dollar.
    package let billionths: Int

    package static let zero = Money(billionths: 0)

    package init(billionths: Int) {
        self.billionths = billionths
    }

    /// Reads a plain decimal such as `0.04048` or `0.0000250000`; nil for anything else, and for what is finer than a
    /// billionth or larger than a billion.
    package init?(_ text: some StringProtocol) {
        guard let quantity = Quantity(text), Self.scale.isMultiple(of: quantity.denominator) else { return nil }
        let (product, isTooLarge) = quantity.numerator.multipliedReportingOverflow(
            by: Self.scale / quantity.denominator)
        guard !isTooLarge else { return nil }
        billionths = product
    }

    package static func < (first: Money, second: Money) -> Bool { first.billionths < second.billionths }
    package static func + (first: Money, second: Money) -> Money {
        Money(billionths: first.billionths + second.billionths)
    }
    package static func - (first: Money, second: Money) -> Money {
        Money(billionths: first.billionths - second.billionths)
    }
    package static func += (first: inout Money, second: Money) { first = first + second }

    /// So many times this price, to the nearest billionth; halves go up.
    package static func * (price: Money, quantity: Quantity) -> Money {
        let product = Int128(price.billionths) * Int128(quantity.numerator)
        let half = Int128(quantity.denominator) / 2
        return Money(billionths: Int((product + (product < 0 ? -half : half)) / Int128(quantity.denominator)))
    }

    /// Whole cents, the nearest; halves go away from zero.
    package var cents: Int {
        let cent = Self.scale / 100
        return (billionths + (billionths < 0 ? -cent : cent) / 2) / cent
    }

    /// `116.72`, rounded to the cent.
    package var text: String {
        let digits = String(cents.magnitude)
        let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return (cents < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)
    }

    /// Every digit there is, as a price is written: `0.04048`, `16.5`, `1`.
    package var exactText: String {
        let (whole, rest) = billionths.magnitude.quotientAndRemainder(dividingBy: UInt(Self.scale))
        let digits = String(rest)
        let fraction = (String(repeating: "0", count: 9 - digits.count) + digits).reversed().drop { $0 == "0" }
            .reversed()
        return (billionths < 0 ? "-" : "") + "\(whole)" + (fraction.isEmpty ? "" : "." + String(fraction))
    }

    private static let scale = 1_000_000_000
}
