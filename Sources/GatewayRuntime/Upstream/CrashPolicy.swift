import NIOCore

/// When the MCP server may be started again after it did not come up, and from when on it counts as broken.
///
/// What counts is a start without success: the command can't be run, `initialize` gets no answer, or the server ends,
/// unasked, soon after it began. A start that succeeds forgets them all, so one client that crashes its own server does
/// not stop the starts of others for long.
struct CrashPolicy: Equatable {
    /// A server that ends unasked within this time of its start counts as one that did not start.
    static let soon: TimeAmount = .seconds(10)
    /// Starts that failed longer ago than this say nothing about the server now.
    static let window: TimeAmount = .minutes(10)
    /// So many failures in a row within `window`, and the gateway is unhealthy.
    static let failuresUntilUnhealthy = 5
    /// The pause after the second failure in a row; each further one doubles it. The first costs none: most servers
    /// that crash once come back.
    static let firstPause: TimeAmount = .seconds(1)
    /// The longest pause between two starts.
    static let longestPause: TimeAmount = .seconds(30)

    /// The failures since the last start that succeeded.
    struct Streak: Equatable {
        let began: NIODeadline
        var count = 1
        /// Completes "the server does not start: …".
        var reason: String
    }

    private(set) var streak: Streak?
    /// The latest failures, as many as make the gateway unhealthy.
    private var latest: [NIODeadline] = []
    private var pauses = 0
    private var nextStart: NIODeadline?
    private var unhealthySince: NIODeadline?

    /// A start failed.
    mutating func failed(_ reason: String, now: NIODeadline) {
        if let last = latest.last, now - last > Self.window { self = CrashPolicy() }
        streak =
            streak.map { Streak(began: $0.began, count: $0.count + 1, reason: reason) }
            ?? Streak(began: now, reason: reason)
        latest = (latest + [now]).suffix(Self.failuresUntilUnhealthy).filter { now - $0 <= Self.window }
        if latest.count == Self.failuresUntilUnhealthy {
            unhealthySince = unhealthySince ?? now
        } else {
            unhealthySince = nil
        }
        // Starts that were under way together and fail together are one reason to pause, not many.
        guard streak?.count ?? 0 > 1, pause(now: now) == nil else { return }
        let doubled = Self.firstPause.nanoseconds << min(pauses, 10)
        nextStart = now + .nanoseconds(min(doubled, Self.longestPause.nanoseconds))
        pauses += 1
    }

    /// A start succeeded: `initialize` was answered.
    mutating func answered() { self = CrashPolicy() }

    /// How long the next start has to wait; `nil` where it may come now.
    func pause(now: NIODeadline) -> TimeAmount? {
        guard let nextStart, nextStart > now else { return nil }
        return nextStart - now
    }

    /// How long the server has been broken; `nil` where it is not, as far as can be told. One that was not started for
    /// a whole `window` is worth another try.
    func unhealthyTime(now: NIODeadline) -> TimeAmount? {
        guard let unhealthySince, let last = latest.last, now - last <= Self.window else { return nil }
        return now - unhealthySince
    }
}

extension CrashPolicy.Streak {
    /// What happened, and how often: "it exited with status 3, 6 times in 14 s".
    func words(now: NIODeadline) -> String {
        count == 1 ? reason : "\(reason), \(count) times in \((now - began).wholeSeconds) s"
    }
}
