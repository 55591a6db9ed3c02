/// The time of day as text, for many lines a second: the calendar is asked once a second.
struct TimestampClock {
    private var second: UInt64 = 0
    /// `2026-11-22T21:40:29.`
    private var prefix = ""
    private let now: () -> (seconds: UInt64, nanoseconds: Int)

    init(now: @escaping () -> (seconds: UInt64, nanoseconds: Int) = { WallClock.now }) { self.now = now }

    /// Date and time up to the point before the milliseconds, and these.
    mutating func read() -> (prefix: String, milliseconds: Int) {
        let time = now()
        if time.seconds != second || prefix.isEmpty {
            second = time.seconds
            prefix = String(WallClock.timestamp(of: time.seconds, nanoseconds: 0).dropLast(4))
        }
        return (prefix, time.nanoseconds / 1_000_000)
    }
}
