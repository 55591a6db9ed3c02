import HTTPTransport
import Logging
import MCPWire
import NIOCore
import NIOHTTP1

/// The MCP server beside the gateway that speaks HTTP itself: the way to it, and whether it is there.
final class HTTPUpstream {
    /// A connection rests for less time than common servers keep one open (uvicorn and Node: 5 s), or a call would meet
    /// a connection that is being closed.
    private static let restingTime: TimeAmount = .seconds(3)
    /// How often the server is tried while it is there, and while it is not.
    private static let pace: (steady: TimeAmount, anxious: TimeAmount) = (.seconds(2), .milliseconds(250))

    let address: UpstreamAddress
    let credential: UpstreamCredential?
    let pool: HTTPConnectionPool
    /// Bytes in one message of an answer that is not just passed through.
    let messageLimit: Int
    /// How long a call waits for a server that the gateway itself starts; `nil`: somebody else starts it.
    let startTime: TimeAmount?
    private let keepAliveInterval: TimeAmount
    private let eventLoop: any EventLoop
    private let log: Logger
    /// Why the server can't be reached; `nil` while it can.
    private(set) var trouble: String? = "not tried yet"
    private(set) var relays: [ObjectIdentifier: UpstreamRelay] = [:]
    private var upkeep: RepeatedTask?
    private var isClosed = false
    private var hasAnswered = false
    private var troubleSince = NIODeadline.now()
    /// How long a server may take until it is first there.
    private let startPatience: TimeAmount
    /// Called whenever the server can be reached again.
    var onFound: (() -> Void)?

    /// To be made on `eventLoop`, and used there only.
    init(
        _ upstream: UpstreamConfiguration,
        within gateway: GatewayConfiguration,
        eventLoop: any EventLoop,
        log: Logger
    ) {
        address = upstream.address
        credential = upstream.credential
        messageLimit = gateway.messageLimit
        startTime = gateway.command.isEmpty ? nil : gateway.startTime
        startPatience = gateway.startTime
        keepAliveInterval = gateway.keepAliveInterval
        self.eventLoop = eventLoop
        self.log = log
        pool = HTTPConnectionPool(eventLoop: eventLoop, connectTimeout: .seconds(2), restingTime: Self.restingTime)
    }

    /// How long the server has been broken: not there, though it was before or has had the time to start.
    func brokenTime(now: NIODeadline) -> TimeAmount? {
        guard trouble != nil else { return nil }
        let time = now - troubleSince - (hasAnswered ? .zero : startPatience)
        return time >= .zero ? time : nil
    }

    func start() {
        probe()
        upkeep = eventLoop.repeatedly(every: .seconds(1)) { [weak self] in self?.keepAlive() }
    }

    func close() {
        isClosed = true
        upkeep?.cancel()
        pool.close()
    }

    /// Calls `action` after `delay`, unless the value is cancelled before.
    @discardableResult
    func later(_ delay: TimeAmount, _ action: @escaping () -> Void) -> Scheduled<Void> {
        eventLoop.assumeIsolated().scheduleTask(in: delay, action)
    }

    /// Whether a call that began then may go on waiting for the server to take connections.
    func isAwaited(since began: NIODeadline) -> Bool { startTime.map { NIODeadline.now() - began < $0 } ?? false }

    /// The server answered.
    func answered() {
        if trouble != nil { found(nil) }
    }

    /// The server broke off a call. Where it ended, its other connections are about to break, and the next call must
    /// not be sent on one of them.
    func brokeOff() { pool.closeResting(address.target) }

    /// The server could not be reached.
    func failed(_ words: String) {
        if trouble == nil { found(words) }
    }

    func add(_ relay: UpstreamRelay) { relays[ObjectIdentifier(relay)] = relay }

    func forget(_ relay: UpstreamRelay) { relays[ObjectIdentifier(relay)] = nil }

    private func keepAlive() {
        let now = NIODeadline.now()
        for relay in Array(relays.values) { relay.keepAlive(after: keepAliveInterval, now: now) }
    }

    private func probe() {
        guard !isClosed else { return }
        pool.probe(address.target) { [weak self] words in
            guard let self, !self.isClosed else { return }
            self.found(words)
            self.later(words == nil ? Self.pace.steady : Self.pace.anxious) { [weak self] in self?.probe() }
        }
    }

    private func found(_ words: String?) {
        defer { trouble = words }
        if words != nil, trouble == nil { troubleSince = .now() }
        if let words, words != trouble {
            // One that the gateway has only just started is no news.
            let level: Logger.Level = hasAnswered || startTime == nil ? .warning : .info
            log.log(
                level: level,
                "the MCP server can't be reached",
                metadata: ["url": "\(address)", "reason": "\(words)"]
            )
        } else if words == nil, trouble != nil {
            hasAnswered = true
            onFound?()
            log.info("the MCP server takes connections", metadata: ["url": "\(address)"])
        }
    }
}
