/// How many tasks an operator asks for.
enum ScaleRequest: Equatable, Sendable {
    case exactly(Int)
    case between(least: Int?, most: Int?)

    /// The most that the fleet file takes too.
    static let bounds = 0...1000

    /// nil for what can't be meant: nothing, both kinds, or a number beyond the bounds.
    init?(count: Int?, least: Int?, most: Int?) {
        guard [count, least, most].allSatisfy({ Self.bounds.contains($0 ?? 0) }) else { return nil }
        switch (count, least, most) {
        case (let count?, nil, nil): self = .exactly(count)
        case (nil, let least?, let most?) where least > most: return nil
        case (nil, nil, nil), (_?, _, _): return nil
        default: self = .between(least: least, most: most)
        }
    }

    /// The range to set. Where only one end is said, the other stays, but never on the wrong side of it.
    func range(from current: ClosedRange<Int>) -> ClosedRange<Int> {
        switch self {
        case .exactly(let count): return count...count
        case .between(let least, let most):
            let lower = least ?? min(current.lowerBound, most ?? 0)
            return lower...(most ?? max(current.upperBound, lower))
        }
    }
}
