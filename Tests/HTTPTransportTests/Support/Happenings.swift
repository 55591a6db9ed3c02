/// What happened, in order, for one test to wait for. Safe to report to from any loop.
final class Happenings<Event: Sendable>: Sendable {
    struct NothingHappened: Error {}

    private let stream: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func report(_ event: Event) { continuation.yield(event) }

    func end() { continuation.finish() }

    /// The next event, or `nil` after the end; throws where neither comes in time.
    func next(within limit: Duration = .seconds(10)) async throws -> Event? {
        try await withThrowingTaskGroup(of: Event?.self) { tasks in
            tasks.addTask { [stream] in
                var events = stream.makeAsyncIterator()
                return await events.next()
            }
            tasks.addTask {
                try await Task.sleep(for: limit)
                throw NothingHappened()
            }
            defer { tasks.cancelAll() }
            return try await tasks.next() ?? nil
        }
    }

    /// Everything that was reported and not yet asked for.
    func rest() async -> [Event] {
        end()
        return await stream.reduce(into: []) { $0.append($1) }
    }
}
