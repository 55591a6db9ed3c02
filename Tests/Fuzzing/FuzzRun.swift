/// Runs areas, and says what came of it in one line each.
struct FuzzRun {
    let seed: UInt64
    /// The index of the first input.
    let first: Int

    /// A second without an input done is ordinary; this many in one batch are a hang.
    static let secondsUntilHang: UInt32 = 60
    private static let batch = 512

    func run(_ area: any FuzzArea, inputs: Int) throws(Violation) -> Report {
        let start = ContinuousClock.now
        LastInput.begin(area)
        for index in first..<(first + inputs) {
            if (index - first).isMultiple(of: Self.batch) { LastInput.expectProgress(within: Self.secondsUntilHang) }
            LastInput.note(index)
            var random = FuzzRandom(seed: seed, area: area.name, index: index)
            let input = area.input(&random)
            guard let what = area.check(input, &random) else { continue }
            throw Violation(area: area.name, seed: seed, index: index, what: what, input: input)
        }
        LastInput.end()
        return Report(area: area.name, inputs: inputs, time: start.duration(to: .now))
    }

    struct Report {
        let area: String
        let inputs: Int
        let time: Duration

        var line: String {
            let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
            let rate = seconds > 0 ? Int(Double(inputs) / seconds) : 0
            let name = area + String(repeating: " ", count: max(1, 14 - area.count))
            let tenths = (seconds * 10).rounded() / 10
            return "\(name)\(inputs) inputs  \(tenths) s  \(rate) inputs/s"
        }
    }
}
