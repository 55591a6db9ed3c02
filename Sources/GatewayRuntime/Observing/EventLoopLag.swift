import NIOCore

/// How late the event loop was for what it had promised: the greatest delay of the last half to whole minute.
struct EventLoopLag {
    private static let span: TimeAmount = .seconds(30)

    private var expected: NIODeadline?
    private var spanEnd: NIODeadline?
    private var current: TimeAmount = .zero
    private var before: TimeAmount = .zero

    var greatest: TimeAmount { max(current, before) }

    /// It is `now`, and the loop was asked to be here at the time that was given before.
    mutating func tick(now: NIODeadline, next: NIODeadline) {
        if now >= spanEnd ?? now {
            before = current
            current = .zero
            spanEnd = now + Self.span
        }
        if let expected, now > expected { current = max(current, now - expected) }
        expected = next
    }
}
