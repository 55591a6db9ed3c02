import NIOPosix
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A log's way out: lines wait in memory, bounded, and a thread of its own writes them. Whoever reads the log may be
/// slow or stuck; nothing that logs waits for it, and what finds no room is counted instead.
final class LogStream: Sendable {
    /// Bytes that may wait; a log line has some 300.
    static let mostWaiting = 4 * 1024 * 1024

    static let standardError = LogStream { bytes in
        bytes.withUnsafeBytes { all in
            var rest = all[...]
            while !rest.isEmpty {
                let written = write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard written > 0 || errno == EINTR else { return }
                rest = rest.dropFirst(max(0, written))
            }
        }
    }

    private struct State {
        var waiting: [UInt8] = []
        var isWriting = false
        var dropped = 0
    }

    private let state = Mutex(State())
    private let thread = NIOThreadPool(numberOfThreads: 1)
    private let sink: @Sendable ([UInt8]) -> Void

    /// - Parameter sink: takes bytes away, however long that takes.
    init(sink: @escaping @Sendable ([UInt8]) -> Void) {
        self.sink = sink
        thread.start()
    }

    /// Lines that found no room since the start.
    var droppedLines: Int { state.withLock { $0.dropped } }

    /// Queues whole lines.
    func append(_ bytes: some Collection<UInt8>, lines: Int = 1) {
        let begins = state.withLock { state in
            guard state.waiting.count + bytes.count <= Self.mostWaiting else {
                state.dropped += lines
                return false
            }
            state.waiting.append(contentsOf: bytes)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if begins { thread.submit { [self] _ in writeAll() } }
    }

    /// Waits until everything was written, though no longer than `patience`: for the end of the program.
    func flush(within patience: Duration) async {
        let deadline = ContinuousClock.now + patience
        while state.withLock({ $0.isWriting }), ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(2))  // cancelled means: wait no longer than the loop does
        }
    }

    private func writeAll() {
        while true {
            let next = state.withLock { state -> [UInt8]? in
                guard !state.waiting.isEmpty else {
                    state.isWriting = false
                    return nil
                }
                defer { state.waiting = [] }
                return state.waiting
            }
            guard let next else { return }
            sink(next)
        }
    }
}
