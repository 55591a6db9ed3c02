import NIOCore

/// How much of a child's standard error reaches the log: lines are cut, and a flood is counted instead of written.
struct ChildComplaints {
    /// Bytes of one line that are kept.
    static let longestLine = 4096
    /// Lines a second.
    static let mostLines = 100

    private var windowStart = NIODeadline.now()
    private var written = 0
    private var dropped = 0

    /// Whether the next line may be written, and how many were not since the last one that was.
    mutating func admit(now: NIODeadline) -> (isWritten: Bool, droppedBefore: Int) {
        if now - windowStart >= .seconds(1) {
            windowStart = now
            written = 0
        }
        guard written < Self.mostLines else {
            dropped += 1
            return (false, 0)
        }
        written += 1
        defer { dropped = 0 }
        return (true, dropped)
    }
}
