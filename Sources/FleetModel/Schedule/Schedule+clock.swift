extension Schedule {
    /// Whether a moment, in seconds since 1970, lies within the hours; nil where this machine does not know the time
    /// zone.
    package func isOpen(at seconds: Int) -> Bool? {
        isWeekendOnly ? ScheduleClock(self).map { $0.phase(at: seconds) == .up } : true
    }
}
