import NIOCore

/// How many requests in how long: `600/min`.
struct Rate: Equatable, Sendable {
    static let counts = 1...1_000_000
    private static let periods: [String: TimeAmount] = [
        "s": .seconds(1), "sec": .seconds(1), "min": .minutes(1), "h": .hours(1), "hour": .hours(1),
    ]

    let count: Int
    let period: TimeAmount

    init(count: Int, period: TimeAmount) {
        self.count = count
        self.period = period
    }

    /// Reads `number/s`, `number/min` or `number/h`.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), Self.counts.contains(count),
            let period = Self.periods[String(parts[1])]
        else { return nil }
        self.init(count: count, period: period)
    }
}
