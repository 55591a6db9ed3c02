import MCPWire
import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Receives what a child does, on the gateway's event loop. After `childEnded` nothing follows.
protocol ChildObserver: AnyObject {
    func childWrote(_ line: LineSplitter.Line)
    /// A message that somebody scanned on its way here.
    func childSent(_ message: ScannedMessage)
    func childComplained(_ line: ByteBuffer)
    /// `reason` completes "the server stopped: …".
    func childEnded(_ reason: String)
}

extension ChildObserver {
    func childSent(_ message: ScannedMessage) { childWrote(.whole(message.bytes)) }
}

/// A running stdio server: lines in, lines out, and an end that always comes.
final class ChildProcess: ServerConnection {
    /// Bytes that may wait for a child that does not read; at least two messages of the greatest size.
    static let mostUnwritten = 64 * 1024 * 1024
    /// After its input was closed a child has this long before SIGTERM, and then this long before SIGKILL.
    static let patience: (beforeTerminate: TimeAmount, beforeKill: TimeAmount) = (.milliseconds(300), .seconds(2))
    private static let settling: TimeAmount = .milliseconds(150)

    let process: pid_t
    private let eventLoop: any EventLoop
    private let lineLimit: Int
    private let reaper: ChildReaper
    /// What became of its start is told to this.
    var start: ServerStart?
    private weak var observer: (any ChildObserver)?
    /// The child's standard input. A pipe of its own: a child that closes it may still have something to say.
    private var inputPipe: (any Channel)?
    private var outputPipe: (any Channel)?
    private var errorPipe: (any Channel)?
    private var waiting: [ByteBuffer] = []
    private var isStopping = false
    private var outputHasClosed = false
    private var errorsHaveClosed = false
    private var isSettling = false
    private var exit: ChildExit?

    /// Starts the command. Lines over `lineLimit` bytes are not kept.
    init(
        _ command: ChildCommand,
        lineLimit: Int,
        eventLoop: any EventLoop,
        reaper: ChildReaper,
        observer: any ChildObserver
    ) throws(SpawnFailure) {
        let spawned = try command.spawn()
        process = spawned.process
        self.eventLoop = eventLoop
        self.lineLimit = lineLimit
        self.reaper = reaper
        self.observer = observer
        reaper.watch(process) { [weak self] exit in self?.exited(exit) }
        connect(spawned)
    }

    /// Writes one line, its break included.
    func send(_ line: ByteBuffer) {
        guard !isStopping else { return }
        guard let inputPipe else { return waiting.append(line) }
        inputPipe.pipeline.syncOperations.writeAndFlush(NIOAny(line), promise: nil)
        if !inputPipe.isWritable, unwritten > max(Self.mostUnwritten, 2 * lineLimit) {
            end("it does not read its input")
        }
    }

    private var unwritten: Int {
        let buffered = try? inputPipe?.syncOptions?.getOption(.bufferedWritableBytes)  // none on a closed pipe
        return buffered ?? 0
    }

    /// Ends the child as the stdio transport asks: close its input, then SIGTERM, then SIGKILL, to the whole group.
    func stop() {
        guard !isStopping else { return }
        isStopping = true
        observer = nil
        reaper.isEnding(process)
        inputPipe?.close(promise: nil)
        outputPipe?.close(promise: nil)
        after(Self.patience.beforeTerminate) { $0.signal(SIGTERM) }
        after(Self.patience.beforeTerminate + Self.patience.beforeKill) { $0.signal(SIGKILL) }
        reaper.check(process)
    }

    /// Ends the child at once.
    func kill() {
        stop()
        signal(SIGKILL)
        reaper.check(process)
    }

    private func signal(_ number: CInt) {
        if exit == nil { _ = killpg(process, number) }
    }

    private func after(_ delay: TimeAmount, _ action: @escaping (ChildProcess) -> Void) {
        eventLoop.assumeIsolated().scheduleTask(in: delay) { action(self) }
    }

    private func connect(_ spawned: SpawnedChild) {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        NIOPipeBootstrap(group: eventLoop)
            .takingOwnershipOfDescriptor(output: spawned.input)
            .assumeIsolated()
            .whenComplete { bound.value.connectedInput($0) }
        read(spawned.output, limit: lineLimit) {
            $0.wrote($1)
        } onEnd: {
            $0.closedOutput()
        } onOpen: {
            $0.outputPipe = $1
        }
        read(spawned.errors, limit: ChildComplaints.longestLine) {
            $0.complained($1)
        } onEnd: {
            $0.closedErrors()
        } onOpen: {
            $0.errorPipe = $1
        }
    }

    private func read(
        _ descriptor: CInt,
        limit: Int,
        onLine: @escaping (ChildProcess, LineSplitter.Line) -> Void,
        onEnd: @escaping (ChildProcess) -> Void,
        onOpen: @escaping (ChildProcess, any Channel) -> Void
    ) {
        let bound = NIOLoopBound((child: self, onLine: onLine, onEnd: onEnd), eventLoop: eventLoop)
        NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let (child, onLine, onEnd) = bound.value
                    let lines = ChildLines(limit: limit) {
                        onLine(child, $0)
                    } onEnd: {
                        onEnd(child)
                    }
                    try channel.pipeline.syncOperations.addHandler(lines)
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let channel): self.isStopping ? channel.close(promise: nil) : onOpen(self, channel)
                case .failure: self.end("its pipes could not be used")
                }
            }
    }

    private func connectedInput(_ result: Result<any Channel, any Error>) {
        guard case .success(let channel) = result else { return end("its pipes could not be used") }
        guard !isStopping else { return channel.close(promise: nil) }
        inputPipe = channel
        let lines = waiting
        waiting = []
        for line in lines { send(line) }
    }

    private func wrote(_ line: LineSplitter.Line) { observer?.childWrote(line) }

    private func complained(_ line: LineSplitter.Line) {
        switch line {
        case .whole(let text), .tooLong(let text): observer?.childComplained(text)
        }
    }

    private func closedOutput() {
        outputHasClosed = true
        reaper.check(process)
        settle()
    }

    private func closedErrors() {
        errorsHaveClosed = true
        settle()
    }

    private func exited(_ exit: ChildExit) {
        self.exit = exit
        // A process that left the group may hold the pipe open for ever; what was written is read by then.
        after(.seconds(1)) { $0.errorPipe?.close(promise: nil) }
        settle()
    }

    /// The child has ended once it exited and its streams were read to the end. When only some of that happens, the
    /// rest is waited for a moment: an answer may still be in the pipe, and the status tells more than its silence.
    private func settle() {
        guard observer != nil, exit != nil || outputHasClosed else { return }
        if let exit, outputHasClosed, errorsHaveClosed { return end("\(exit)") }
        guard !isSettling else { return }
        isSettling = true
        eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(5)) { self.reaper.check(self.process) }
        eventLoop.assumeIsolated().scheduleTask(in: Self.settling) {
            self.end(self.exit.map { "\($0)" } ?? "it closed its output")
        }
    }

    func answered() { start?.answered() }

    func failedToStart(_ reason: String) { start?.ended(reason) }

    private func end(_ reason: String) {
        if !isStopping { start?.ended(reason) }
        let observer = observer
        stop()
        observer?.childEnded(reason)
    }
}
