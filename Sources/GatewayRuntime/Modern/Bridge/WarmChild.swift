import Logging
import MCPWire
import NIOCore

/// A process of a stdio server of an older revision, initialized once and lent to one user after another.
final class WarmChild {
    let client: WarmClient
    /// What the server said of itself, once it did.
    private(set) var greeting: LegacyGreeting?
    /// The least severe log level that the server was told to send.
    var logLevel: String?
    private(set) var idleSince = NIODeadline.now()
    weak var user: (any WarmChildUser)? {
        didSet { if user == nil { idleSince = .now() } }
    }

    private unowned let pool: WarmPool
    private let gateway: Gateway
    private var connection: (any ServerConnection)?
    private var introduction: Introduction
    private var complaints = ChildComplaints()

    /// Starts the process and greets it; the pool hears how that goes.
    init(for client: WarmClient, probes: Bool, pool: WarmPool, gateway: Gateway) throws(SpawnFailure) {
        self.client = client
        self.pool = pool
        self.gateway = gateway
        introduction = Introduction(capabilities: client.capabilities, probes: probes)
        let connection = try gateway.startServer(for: self)
        self.connection = connection
        for line in introduction.lines { connection.send(line) }
        gateway.later(gateway.configuration.startTime) { [weak self] in self?.startTimedOut() }
    }

    var isReady: Bool { greeting != nil }
    var wasProbed: Bool { introduction.probes }

    func send(_ line: ByteBuffer) { connection?.send(line) }

    func stop() {
        connection?.stop()
        connection = nil
    }

    private func startTimedOut() {
        guard connection != nil, !isReady else { return }
        let seconds = gateway.configuration.startTime.nanoseconds / 1_000_000_000
        concluded(.failed("did not answer initialize within \(seconds) seconds"))
    }

    private func concluded(_ outcome: Introduction.Outcome) {
        guard connection != nil, !isReady else { return }
        switch outcome {
        case .legacy(let greeting):
            connection?.answered()
            self.greeting = greeting
            send(Introduction.initialized)
        case .modern:
            connection?.answered()
            stop()
        case .refused: stop()
        case .failed(let reason):
            connection?.failedToStart("it \(reason)")
            stop()
        }
        pool.greeted(self, outcome)
    }
}

extension WarmChild: ChildObserver {
    func childWrote(_ line: LineSplitter.Line) {
        guard case .whole(let bytes) = line else { return ended("it wrote a line over the message limit") }
        guard bytes.readableBytes > 0 else { return }
        let message: ScannedMessage
        do throws(MessageScanner.Refusal) {
            message = try ScannedMessage(scanning: bytes)
        } catch {
            return note("the server wrote a line that is not a JSON-RPC message")
        }
        if isReady { return received(message) }
        if let outcome = introduction.received(message) { return concluded(outcome) }
        guard introduction.awaitsDiscovery else { return }
        gateway.later(.seconds(1)) { [weak self] in
            guard let self, let outcome = self.introduction.discoveryTimedOut() else { return }
            self.concluded(outcome)
        }
    }

    private func received(_ message: ScannedMessage) {
        if let user { return user.serverSent(message) }
        // Nobody's call: a change of a list may still concern somebody.
        if message.envelope.kind == .notification { pool.heard(message) }
    }

    func childComplained(_ line: ByteBuffer) { note("server: \(String(buffer: line))") }

    private func note(_ line: @autoclosure () -> String) {
        let (isWritten, dropped) = complaints.admit(now: .now())
        guard isWritten else { return }
        if dropped > 0 { gateway.log.warning("log lines about this server were dropped: \(dropped)") }
        gateway.log.info("\(line())")
    }

    func childEnded(_ reason: String) { ended(reason) }

    private func ended(_ reason: String) {
        guard connection != nil else { return }
        stop()
        gateway.log.warning("the server stopped", metadata: ["reason": "\(reason)"])
        let user = user
        self.user = nil
        pool.ended(self, reason)
        user?.serverEnded(reason)
    }
}
