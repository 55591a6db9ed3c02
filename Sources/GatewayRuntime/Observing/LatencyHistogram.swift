/// How long calls took, in buckets.
struct LatencyHistogram: Equatable {
    /// Upper bounds of the buckets in seconds; one more holds what took longer.
    static let bounds = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    /// Observations in each bucket, the last without an upper bound.
    private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// Of all observations, in seconds.
    private(set) var sum = 0.0

    var count: Int { counts.reduce(0, +) }

    mutating func observe(_ seconds: Double) {
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
    }

    mutating func add(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        sum += other.sum
    }

    /// What was observed since `earlier`.
    func since(_ earlier: LatencyHistogram) -> LatencyHistogram {
        var difference = self
        for index in counts.indices { difference.counts[index] -= earlier.counts[index] }
        difference.sum -= earlier.sum
        return difference
    }

    /// At most `most` values, in seconds, that stand for everything observed: spread evenly over each bucket, with at
    /// least one for a bucket that is not empty.
    func samples(most: Int) -> [Double] {
        let filled = counts.count { $0 > 0 }
        let total = count
        guard total > 0, most >= filled else { return [] }
        let share = Double(most - filled) / Double(total)
        return counts.enumerated().flatMap { index, count -> [Double] in
            guard count > 0 else { return [] }
            let values = min(count, 1 + Int(Double(count) * share))
            let lower = index == 0 ? 0 : Self.bounds[index - 1]
            let upper = index < Self.bounds.count ? Self.bounds[index] : lower * 2
            return (0..<values).map { lower + (upper - lower) * (Double($0) + 0.5) / Double(values) }
        }
    }
}
