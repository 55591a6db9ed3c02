import Testing

@testable import GatewayRuntime

@Suite struct `A latency histogram` {
    private func histogram(_ seconds: [Double]) -> LatencyHistogram {
        var histogram = LatencyHistogram()
        for value in seconds { histogram.observe(value) }
        return histogram
    }

    @Test func `puts a value into the first bucket that holds it`() {
        let counts = histogram([0.001, 0.0011, 60, 61]).counts
        #expect(counts.first == 1 && counts[1] == 1)
        #expect(counts.suffix(2) == [1, 1])
        #expect(histogram([0.5, 1.5]).sum == 2)
    }

    @Test func `is shown with every bucket holding those below it`() {
        let samples = histogram([0.0005, 0.02, 100]).samples([("method", "ping")])
        #expect(samples.count == LatencyHistogram.bounds.count + 3)
        #expect(samples.first?.labels.last?.value == "0.001")
        let values = samples.map(\.value)
        #expect(values[0] == 1 && values[4] == 2 && values[14] == 2 && values[15] == 3)
        #expect(samples[15].labels.last?.value == "+Inf")
        #expect(samples.last?.suffix == "_count" && values.last == 3)
    }

    @Test func `gives a bounded number of values that stand for all`() {
        #expect(LatencyHistogram().samples(most: 100).isEmpty)
        #expect(histogram([0.02]).samples(most: 100).count == 1)
        let many = histogram([Double](repeating: 0.003, count: 100_000) + [59])
        let samples = many.samples(most: 100)
        #expect(samples.count <= 100 && samples.count > 90)
        #expect(samples.last == 45)
        #expect(samples.dropLast().allSatisfy { $0 > 0.0025 && $0 < 0.005 })
    }

    @Test func `tells what came since`() {
        let before = histogram([0.02])
        var after = before
        after.observe(3)
        #expect(after.since(before) == histogram([3]) || after.since(before).counts == histogram([3]).counts)
        #expect(after.count == 2 && after.since(before).count == 1)
    }
}
