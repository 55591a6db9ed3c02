/// Which lines of a log are wanted.
package struct LogQuery: Sendable, Equatable {
    /// Milliseconds since 1970; both ends count.
    package var since: Int
    package var until: Int?
    /// CloudWatch Logs User Guide, "Filter pattern syntax".
    package var pattern: String?
    /// The most lines of one region; the newest ones are kept.
    package var limit: Int

    package init(since: Int, until: Int? = nil, pattern: String? = nil, limit: Int) {
        self.since = since
        self.until = until
        self.pattern = pattern
        self.limit = limit
    }
}
