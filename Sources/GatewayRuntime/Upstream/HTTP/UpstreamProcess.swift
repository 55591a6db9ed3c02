import Logging
import MCPWire
import NIOCore

/// The HTTP server's own process, where the gateway starts it: one, in a group of its own, started again when it ends.
/// What it writes goes to the log.
final class UpstreamProcess {
    /// The pause before it is started again: doubled with each short life, up to the last.
    private static let pause: (first: TimeAmount, most: TimeAmount) = (.milliseconds(200), .seconds(10))
    /// A process that lived this long was not ended by how it starts.
    private static let longLife: TimeAmount = .seconds(30)

    /// Called whenever the process has ended, or could not be started, with why.
    var onEnd: ((String) -> Void)?

    private unowned let gateway: Gateway
    private let log: Logger
    private var process: ChildProcess?
    private var complaints = ChildComplaints()
    private var started = NIODeadline.now()
    private var shortLives = 0
    private var isStopped = false

    init(gateway: Gateway) {
        self.gateway = gateway
        log = gateway.log
    }

    func start() {
        guard !isStopped else { return }
        started = .now()
        do throws(SpawnFailure) {
            process = try ChildProcess(
                try gateway.serverCommand(),
                lineLimit: ChildComplaints.longestLine,
                eventLoop: gateway.eventLoop,
                reaper: gateway.reaper,
                observer: self
            )
            process?.start = gateway.servers.started(again: gateway.servers.counts.started > 0)
        } catch {
            gateway.servers.failed("\(error)")
            childEnded("\(error)")
        }
    }

    /// The server takes connections.
    func answered() { process?.answered() }

    /// Ends the process for good.
    func stop() {
        isStopped = true
        process?.stop()
        process = nil
    }

    private func logBounded(_ line: ByteBuffer) {
        let (isWritten, dropped) = complaints.admit(now: .now())
        guard isWritten else { return }
        if dropped > 0 { log.warning("log lines about this server were dropped: \(dropped)") }
        log.info("server: \(String(buffer: line))")
    }
}

extension UpstreamProcess: ChildObserver {
    func childWrote(_ line: LineSplitter.Line) {
        switch line {
        case .whole(let text), .tooLong(let text): logBounded(text)
        }
    }

    func childComplained(_ line: ByteBuffer) { logBounded(line) }

    func childEnded(_ reason: String) {
        process = nil
        guard !isStopped else { return }
        log.error("the MCP server stopped", metadata: ["reason": "\(reason)"])
        onEnd?(reason)
        shortLives = NIODeadline.now() - started < Self.longLife ? shortLives + 1 : 0
        let pause = min(Self.pause.most, Self.pause.first * (1 << Int64(min(shortLives, 6))))
        gateway.later(pause) { [weak self] in self?.start() }
    }
}
