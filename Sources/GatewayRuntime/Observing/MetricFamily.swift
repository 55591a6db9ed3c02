/// One metric with all its samples, ready to be written.
struct MetricFamily {
    enum Kind: String { case counter, gauge, histogram }

    struct Sample {
        /// What follows the family's name: `_bucket`, `_sum` or `_count` of a histogram.
        var suffix = ""
        var labels: [(name: String, value: String)] = []
        let value: Double
    }

    let name: String
    let kind: Kind
    /// What it means, and its unit.
    let help: String
    let samples: [Sample]

    init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        (self.name, self.kind, self.help, self.samples) = (name, kind, help, samples)
    }

    /// A metric without labels.
    init(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
        self.init(name, kind, help, [Sample(value: Double(value))])
    }

    /// A metric without labels.
    init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        self.init(name, kind, help, [Sample(value: value)])
    }
}

extension LatencyHistogram {
    /// The histogram as Prometheus counts: every bucket holds those below it.
    func samples(_ labels: [(name: String, value: String)]) -> [MetricFamily.Sample] {
        var below = 0
        var samples: [MetricFamily.Sample] = []
        for (index, count) in counts.enumerated() {
            below += count
            let bound = index < Self.bounds.count ? PrometheusText.number(Self.bounds[index]) : "+Inf"
            samples.append(.init(suffix: "_bucket", labels: labels + [("le", bound)], value: Double(below)))
        }
        samples.append(.init(suffix: "_sum", labels: labels, value: sum))
        samples.append(.init(suffix: "_count", labels: labels, value: Double(below)))
        return samples
    }
}
