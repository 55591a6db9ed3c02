import NIOCore

/// When an issuer's keys are fetched. Pure: told what happens, it says what to do.
///
/// Whatever tokens arrive, fetches are `spacing` apart; a failed one may be repeated a little earlier. The last good set
/// is used for as long as there is no better one.
struct KeySchedule {
    struct Timing: Sendable {
        /// Age at which a set is fetched again, while it goes on being used.
        var refresh: TimeAmount = .minutes(10)
        /// Time between fetches, whatever asks for them.
        var spacing: TimeAmount = .seconds(10)
        /// Time after a fetch that failed.
        var retry: TimeAmount = .seconds(2)
    }

    enum Step: Equatable {
        /// Use the keys at hand.
        case use
        /// Use them, and fetch newer ones beside.
        case useAndFetch
        /// Fetch, and look again when that is done.
        case fetch
        /// Look again when the fetch that is under way is done.
        case wait
        /// The issuer has no such key.
        case unknown
        /// Whether it has can't be told now.
        case unavailable
    }

    private let timing: Timing
    private var hasKeys = false
    private var isFetching = false
    private var lastFailed = false
    private var fetchedAt: NIODeadline?
    private var nextFetch: NIODeadline?

    init(_ timing: Timing) { self.timing = timing }

    /// What to do for a token. After `fetch` and `useAndFetch` a fetch is under way.
    ///
    /// - Parameters:
    ///   - isKnown: whether a key for it is at hand.
    ///   - hasWaited: whether it has waited for a fetch before: no token is worth two.
    mutating func step(isKnown: Bool, hasWaited: Bool = false, now: NIODeadline) -> Step {
        if isKnown {
            let isOld = fetchedAt.map { now - $0 >= timing.refresh } ?? true
            return isOld && begins(now) ? .useAndFetch : .use
        }
        if !hasWaited {
            if isFetching { return .wait }
            if begins(now) { return .fetch }
        }
        return hasKeys && !lastFailed ? .unknown : .unavailable
    }

    mutating func fetched(now: NIODeadline) {
        hasKeys = true
        fetchedAt = now
        ended(failed: false, now + timing.spacing)
    }

    mutating func failed(now: NIODeadline) { ended(failed: true, now + timing.retry) }

    private mutating func begins(_ now: NIODeadline) -> Bool {
        guard !isFetching, nextFetch.map({ $0 <= now }) ?? true else { return false }
        isFetching = true
        return true
    }

    private mutating func ended(failed: Bool, _ next: NIODeadline) {
        isFetching = false
        lastFailed = failed
        nextFetch = next
    }
}
