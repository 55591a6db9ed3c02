/// When freed memory is given back to the system: the C library keeps what many sessions needed for the next ones, and
/// giving it back stops everything for some milliseconds. So it is worth it when half of many sessions are gone.
struct MemoryReturn {
    /// Fewer sessions than this leave nothing to speak of.
    static let many = 100

    /// The most sessions since memory was given back.
    private var peak = 0

    /// Whether memory is to be given back now.
    mutating func isDue(sessions: Int) -> Bool {
        peak = max(peak, sessions)
        guard peak >= Self.many, sessions <= peak / 2 else { return false }
        peak = sessions
        return true
    }
}
