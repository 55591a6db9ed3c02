import UnixSignals

/// The signals that ask a program to end.
enum LiveSignals {
    /// Calls back for each of them, until the task that waits here is cancelled.
    @Sendable
    static func listen(_ heard: @escaping @Sendable () -> Void) async {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup) { heard() }
    }
}
