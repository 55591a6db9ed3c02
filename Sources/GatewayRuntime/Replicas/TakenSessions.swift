import MCPWire

/// The sessions that a replica resumed, each with the time, in milliseconds since 1970. Of two replicas that serve one
/// session the later keeps it.
struct TakenSessions: Equatable {
    /// How many are remembered at a time before those that are gone are dropped.
    private static let most = 20_000

    private(set) var timeByUID: [SessionUID: UInt64] = [:]
    private var fresh: Set<SessionUID> = []

    mutating func took(_ uid: SessionUID, at time: UInt64) {
        timeByUID[uid] = time
        fresh.insert(uid)
    }

    mutating func gave(_ uid: SessionUID) {
        timeByUID[uid] = nil
        fresh.remove(uid)
    }

    /// What was taken since this was last asked.
    mutating func takeFresh() -> [SessionUID: UInt64] {
        defer { fresh = [] }
        return timeByUID.filter { fresh.contains($0.key) }
    }

    /// Drops sessions that are no longer here, where many are remembered.
    mutating func prune(keeping isHere: (SessionUID) -> Bool) {
        guard timeByUID.count > Self.most else { return }
        timeByUID = timeByUID.filter { isHere($0.key) }
    }

    /// As lines of a notice: 32 digits and the time.
    static func lines(of sessions: some Sequence<(key: SessionUID, value: UInt64)>) -> [String] {
        sessions.map { "\($0.key.digits) \($0.value)\n" }
    }

    /// Reads the lines of a notice; what is no such line is passed over.
    static func read(_ text: String) -> [(uid: SessionUID, time: UInt64)] {
        text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ")
            guard parts.count == 2, let uid = SessionUID(digits: parts[0]), let time = UInt64(parts[1]) else {
                return nil
            }
            return (uid, time)
        }
    }
}
