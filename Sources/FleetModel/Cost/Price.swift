/// What one piece, hour or gigabyte costs, since when that is known, and from whom.
package struct Price: Hashable, Sendable {
    package let usd: Money
    /// A day or a month, as `2026-10-01` or `2026-10`.
    package let date: String
    package let source: String

    package init(usd: Money, date: String, source: String) {
        self.usd = usd
        self.date = date
        self.source = source
    }
}
