/// What was read of one region's log.
package struct LogExcerpt: Sendable, Equatable {
    /// In the order of their time.
    package var events: [LogEvent] = []
    /// How many earlier lines the limit left out.
    package var leftOut = 0
    /// Whether reading stopped before the end, because there was too much.
    package var isCut = false

    package init() {}
}
