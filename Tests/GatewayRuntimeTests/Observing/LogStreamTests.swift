import Synchronization
import Testing

@testable import GatewayRuntime

@Suite(.timeLimit(.minutes(3))) struct `A log's way out` {
    /// A reader that takes nothing until it is let.
    private final class StuckReader: Sendable {
        private struct State {
            var isOpen: Bool
            var read: [UInt8] = []
        }

        private let state: Mutex<State>

        init(isOpen: Bool) { state = Mutex(State(isOpen: isOpen)) }

        var read: String { state.withLock { String(decoding: $0.read, as: UTF8.self) } }

        func open() { state.withLock { $0.isOpen = true } }

        func take(_ bytes: [UInt8]) {
            while !state.withLock({ $0.isOpen }) {}
            state.withLock { $0.read += bytes }
        }
    }

    @Test func `keeps lines whole and in order`() async {
        let reader = StuckReader(isOpen: true)
        let stream = LogStream { reader.take($0) }
        for number in 1...1000 { stream.append("\(number)\n".utf8) }
        await stream.flush(within: .seconds(20))
        #expect(reader.read == (1...1000).map { "\($0)\n" }.joined())
        #expect(stream.droppedLines == 0)
    }

    @Test func `counts what finds no room while nobody reads, and waits for nobody`() async {
        let reader = StuckReader(isOpen: false)
        let stream = LogStream { reader.take($0) }
        let line = String(repeating: "x", count: 1023) + "\n"
        let most = LogStream.mostWaiting / 1024
        for _ in 1...(2 * most + 10) { stream.append(line.utf8) }
        await stream.flush(within: .milliseconds(20))
        let dropped = stream.droppedLines
        #expect(dropped >= 10)
        reader.open()
        await stream.flush(within: .seconds(20))
        #expect(reader.read.utf8.count == (2 * most + 10 - dropped) * 1024)
    }
}
