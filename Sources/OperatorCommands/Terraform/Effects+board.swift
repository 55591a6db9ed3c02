import Synchronization
import TerminalView

extension Effects {
    /// Does work that tells its progress region by region, and that an operator may interrupt.
    func showingProgress<Value: Sendable>(
        of regions: [String],
        _ work: @escaping @Sendable (Interruption, @escaping @Sendable (RegionNews) -> Void) async throws -> Value
    ) async throws -> Value {
        let isLive = console.isErrTerminal() && environment()["TERM"] != "dumb"
        let board = Mutex(ProgressBoard(regions: regions, isLive: isLive))
        let console = console
        // Under the lock, so that two regions' lines come whole and in order.
        let report: @Sendable (RegionNews) -> Void = { news in
            board.withLock { board in
                let text = board.take(news, columns: console.columns())
                if !text.isEmpty { console.err(text) }
            }
        }
        let say: @Sendable (String) -> Void = { words in
            board.withLock { console.err($0.say(words, columns: console.columns())) }
        }
        return try await interruptible { interruption in
            try await withThrowingTaskGroup(of: Value?.self) { tasks in
                tasks.addTask { try await work(interruption, report) }
                tasks.addTask {
                    for await count in interruption.counts() { say(Self.answer(toInterruption: count)) }
                    return nil
                }
                defer { tasks.cancelAll() }
                while let ended = try await tasks.next() {
                    if let value = ended { return value }
                }
                throw CancellationError()
            }
        }
    }

    private static func answer(toInterruption count: Int) -> String {
        count == 1
            ? "Stopping: what is under way ends in order and unlocks its state. Ctrl-C again stops at once."
            : "Stopping at once: a lock may stay behind."
    }
}
