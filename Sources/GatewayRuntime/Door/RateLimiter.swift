import NIOCore

/// A bucket of requests for each caller, which fills again steadily. One number per caller holds it: the time at which the
/// bucket would be full (the generic cell rate algorithm, ITU-T I.371).
struct RateLimiter {
    /// Callers whose buckets are kept; the others share one.
    let mostKept: Int

    private let interval: Int64
    private let tolerance: Int64
    private var fullAt: [RateKey: NIODeadline] = [:]
    private var lastSweep: NIODeadline?

    init(_ rate: Rate, mostKept: Int = 20_000) {
        self.mostKept = mostKept
        interval = max(1, rate.period.nanoseconds / Int64(rate.count))
        tolerance = interval * Int64(rate.count - 1)
    }

    var count: Int { fullAt.count }

    /// Takes a request out of the caller's bucket; where it is empty, how long until there is one in it.
    mutating func take(_ key: RateKey, now: NIODeadline) -> TimeAmount? {
        let key = place(for: key, now)
        let full = max(fullAt[key] ?? now, now)
        let missing = full - now
        guard missing.nanoseconds <= tolerance else { return .nanoseconds(missing.nanoseconds - tolerance) }
        fullAt[key] = full + .nanoseconds(interval)
        return nil
    }

    /// A full bucket says no more than none, so those go first, once a second at most.
    private mutating func place(for key: RateKey, _ now: NIODeadline) -> RateKey {
        guard fullAt.count >= mostKept, fullAt[key] == nil else { return key }
        if lastSweep.map({ now - $0 >= .seconds(1) }) ?? true {
            lastSweep = now
            fullAt = fullAt.filter { $0.value > now }
        }
        return fullAt.count < mostKept ? key : .others
    }
}
