import FleetModel
import Synchronization

/// The operator's wish to stop, for everything that is under way: how often it was said, and news of each time.
final class Interruption: Sendable {
    private struct State {
        var count = 0
        var listeners: [Int: AsyncStream<Int>.Continuation] = [:]
        var nextListener = 0
    }

    private let state = Mutex(State())

    /// How often the operator has asked to stop.
    var count: Int { state.withLock { $0.count } }

    /// Ctrl-C, once more.
    func raise() {
        let (count, listeners) = state.withLock { state in
            state.count += 1
            return (state.count, Array(state.listeners.values))
        }
        for listener in listeners { listener.yield(count) }
    }

    /// The count each time it grows, and at once where it is above zero already.
    func counts() -> AsyncStream<Int> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
        let (count, number) = state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return (state.count, state.nextListener)
        }
        if count > 0 { continuation.yield(count) }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
        }
        return stream
    }
}

extension Interruption {
    /// Work that may be left alone: nil where the operator asked to stop before it was done.
    func leaving<Value: Sendable>(
        _ work: @escaping @Sendable () async throws(Problem) -> Value
    ) async throws(Problem) -> Value? {
        let result = await withTaskGroup(of: Result<Value, Problem>?.self) { tasks in
            tasks.addTask {
                do throws(Problem) {
                    return .success(try await work())
                } catch {
                    return .failure(error)
                }
            }
            tasks.addTask { [self] in
                for await _ in counts() { break }
                return nil
            }
            defer { tasks.cancelAll() }
            return await tasks.next() ?? nil
        }
        return try result?.get()
    }
}

extension Effects {
    /// Does work that an operator may interrupt: each Ctrl-C, or SIGTERM, is told to the work instead of ending it.
    func interruptible<Value: Sendable>(
        _ work: @escaping @Sendable (Interruption) async throws -> Value
    ) async throws -> Value {
        let interruption = Interruption()
        return try await withThrowingTaskGroup(of: Value?.self) { tasks in
            tasks.addTask {
                await self.listen { interruption.raise() }
                return nil
            }
            tasks.addTask { try await work(interruption) }
            defer { tasks.cancelAll() }
            while let ended = try await tasks.next() {
                if let value = ended { return value }
            }
            throw CancellationError()
        }
    }
}
