import MCPWire
import NIOCore
import NIOPosix

@testable import GatewayRuntime

/// A child process and all that it says, on an event loop that ends with the test.
struct ChildStage: Sendable {
    enum Event: Sendable, Equatable {
        case wrote(String)
        case tooLong(String)
        case complained(String)
        case ended(String)
    }

    struct NothingHappened: Error {}

    let loop: any EventLoop
    let process: Int32
    private let child: NIOLoopBound<ChildProcess>
    private let reaper: NIOLoopBound<ChildReaper>
    private let recorder: NIOLoopBound<ChildRecorder>
    private let events: AsyncStream<Event>
    private let end: AsyncStream<Event>.Continuation

    /// Starts `/bin/sh -c script`, and kills what is left of it after `test`.
    static func run(_ script: String, lineLimit: Int = 100_000, _ test: (ChildStage) async throws -> Void) async throws
    {
        try await run(["/bin/sh", "-c", script], lineLimit: lineLimit, test)
    }

    static func run(_ words: [String], lineLimit: Int = 100_000, _ test: (ChildStage) async throws -> Void) async throws
    {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let stage = try await ChildStage(words, lineLimit: lineLimit, on: group.next())
            try await test(stage)
            try await stage.use { $0.kill() }
            try await stage.goneForGood()
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private init(_ words: [String], lineLimit: Int, on loop: any EventLoop) async throws {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
        let command = ChildCommand(path: words[0], words: words, environment: environment)
        let (child, reaper, recorder) = try await loop.submit {
            let reaper = ChildReaper(eventLoop: loop)
            let recorder = ChildRecorder(continuation)
            let child = try ChildProcess(
                command,
                lineLimit: lineLimit,
                eventLoop: loop,
                reaper: reaper,
                observer: recorder
            )
            return (
                NIOLoopBound(child, eventLoop: loop), NIOLoopBound(reaper, eventLoop: loop),
                NIOLoopBound(recorder, eventLoop: loop)
            )
        }.get()
        process = try await loop.submit { child.value.process }.get()
        (self.loop, self.child, self.reaper, self.recorder) = (loop, child, reaper, recorder)
        (self.events, end) = (events, continuation)
    }

    func use(_ action: @escaping @Sendable (ChildProcess) -> Void) async throws {
        try await loop.submit { [child] in action(child.value) }.get()
    }

    func send(_ line: String) async throws { try await use { $0.send(ByteBuffer(string: line + "\n")) } }

    /// The next thing that the child did.
    func next() async throws -> Event {
        let event = try await Self.withTimeout { [events] in
            var events = events.makeAsyncIterator()
            return await events.next()
        }
        guard let event else { throw NothingHappened() }
        return event
    }

    /// What the child did up to its end.
    func story() async throws -> [Event] {
        var story = [try await next()]
        while true {
            if case .ended = story.last { return story }
            story.append(try await next())
        }
    }

    /// Everything that was heard and not yet asked for; nothing is heard after it.
    func rest() async -> [Event] {
        end.finish()
        return await events.reduce(into: []) { $0.append($1) }
    }

    /// Waits until the child was collected.
    func goneForGood() async throws {
        try await Self.withTimeout { [loop, reaper] in
            while try await loop.submit({ reaper.value.childCount }).get() > 0 {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    static func withTimeout<Value: Sendable>(
        _ action: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { tasks in
            tasks.addTask { try await action() }
            tasks.addTask {
                try await Task.sleep(for: .seconds(15))
                throw NothingHappened()
            }
            defer { tasks.cancelAll() }
            guard let value = try await tasks.next() else { throw NothingHappened() }
            return value
        }
    }
}

private final class ChildRecorder: ChildObserver {
    private let events: AsyncStream<ChildStage.Event>.Continuation

    init(_ events: AsyncStream<ChildStage.Event>.Continuation) { self.events = events }

    func childWrote(_ line: LineSplitter.Line) {
        switch line {
        case .whole(let text): events.yield(.wrote(String(buffer: text)))
        case .tooLong(let beginning): events.yield(.tooLong(String(buffer: beginning)))
        }
    }

    func childComplained(_ line: ByteBuffer) { events.yield(.complained(String(buffer: line))) }
    func childEnded(_ reason: String) { events.yield(.ended(reason)) }
}
