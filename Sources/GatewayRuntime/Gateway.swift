import CChildProcess
import HTTPTransport
import Logging
import MCPWire
import NIOCore
import NIOHTTP1

/// One replica's gateway: what every request meets first, and the home of its sessions.
///
/// Everything lives on one event loop. A call costs some tens of microseconds there while the MCP server does the
/// work in its own process, and nothing needs a lock; a fleet grows by replicas, not by threads.
final class Gateway {
    let configuration: GatewayConfiguration
    let log: Logger
    let pool: HTTPConnectionPool
    let eventBudget = EventBudget()
    /// The server beside this gateway, where it speaks HTTP itself.
    let upstream: HTTPUpstream?
    /// Its process, where the gateway starts it.
    var upstreamProcess: UpstreamProcess?
    var sessions = SessionTable()
    var calls = HealthReport.Calls()
    var replicas: Replicas
    let servers: ServerStarts
    let observer: GatewayObserver
    var metricsServer: MetricsServer?
    var embedded: RepeatedTask?
    /// Called once when the server has been broken for too long.
    var onBroken: (() -> Void)?
    /// GET streams that were passed to the replicas that have their sessions.
    var relayedListeners: [HTTPExchange] = []
    /// Servers that clients share, by how they speak.
    var sharedServers: [Multiplexer.Flavour: SharedServer] = [:]
    private(set) var isDraining = false
    /// When a request last arrived at the MCP endpoint.
    private(set) var lastRequest = NIODeadline.now()

    var tasks = TaskPlaces()
    var hops: HopSeals
    private var memory = MemoryReturn()
    private(set) lazy var modern = ModernStdio(self)

    let eventLoop: any EventLoop
    let reaper: ChildReaper
    let door: Door
    private(set) lazy var watch = PeerWatch(eventLoop: eventLoop, pool: pool) { [weak self] in self?.isSilent($0) }
    /// Sessions that were resumed here, and when.
    var taken = TakenSessions()
    private(set) var server: HTTPServer?
    private var command: ChildCommand?
    private var upkeep: RepeatedTask?
    private var lookup: RepeatedTask?

    /// To be made on `eventLoop`, and used there only.
    init(_ configuration: GatewayConfiguration, eventLoop: any EventLoop, log: Logger) {
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.log = log
        reaper = ChildReaper(eventLoop: eventLoop)
        servers = ServerStarts(log: log)
        observer = GatewayObserver(RequestLog.toStandardError(configuration.observing.requestLog, on: eventLoop))
        pool = HTTPConnectionPool(eventLoop: eventLoop, connectTimeout: .seconds(2))
        upstream = configuration.upstream.map {
            HTTPUpstream($0, within: configuration, eventLoop: eventLoop, log: log)
        }
        hops = HopSeals(configuration.keys)
        replicas = Replicas(own: HTTPTarget(host: configuration.host, port: configuration.port), peers: [])
        door = Door(configuration, eventLoop: eventLoop, log: log)
    }

    /// Listens and serves. The future's value is the address.
    func start() -> EventLoopFuture<SocketAddress> {
        let server = HTTPServer(eventLoop: eventLoop, limits: HTTPServerLimits(), application: self)
        self.server = server
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        return server.bind(host: configuration.host, port: configuration.port).flatMap { address in
            bound.value.listens(at: address)
            return bound.value.startObserving().map { address }
        }
    }

    private func listens(at address: SocketAddress) {
        let listening = HTTPTarget(
            host: configuration.ownHost ?? configuration.host, port: address.port ?? configuration.port)
        replicas = Replicas(own: configuration.advertised ?? listening, peers: configuration.peers)
        upkeep = eventLoop.repeatedly(every: Self.upkeepInterval) { [weak self] in self?.keepUp() }
        startUpstream()
        door.start()
        lookUpPeers()
        lookup = eventLoop.repeatedly(every: Self.lookupInterval) { [weak self] in self?.lookUpPeers() }
    }

    /// Calls `action` after `delay`, unless the value is cancelled before: what waits for long and is not needed any
    /// more holds memory.
    @discardableResult
    func later(_ delay: TimeAmount, _ action: @escaping () -> Void) -> Scheduled<Void> {
        eventLoop.assumeIsolated().scheduleTask(in: delay, action)
    }

    static let upkeepInterval: TimeAmount = .seconds(1)

    private func keepUp() {
        defer { observe() }
        let now = NIODeadline.now()
        askLostPeers()
        announceTaken()
        relayedListeners.removeAll(where: \.isOver)
        modern.keepUp(after: configuration.keepAliveInterval, now: now)
        let oldest = WallClock.now.seconds - min(WallClock.now.seconds, configuration.sessionAgeInSeconds)
        for session in Array(sessions.all) {
            session.keepAlive(after: configuration.keepAliveInterval, now: now)
            if session.issuedAt < oldest {
                session.end("The session reached its greatest age.")
            } else if now - session.lastUse > configuration.idleTime {
                rest(session)
            }
        }
        if memory.isDue(sessions: sessions.count) { slipway_return_memory() }
    }
}

extension Gateway: HTTPApplication {
    func begin(_ exchange: HTTPExchange) {
        switch (String(exchange.path), exchange.head.method) {
        case ("/health", .GET), ("/health", .HEAD): answerHealth(exchange)
        case ("/livez", .GET), ("/livez", .HEAD): answerLive(exchange)
        case ("/health", _), ("/livez", _): exchange.refuse(.methodNotAllowed(allow: "GET"))
        case (Hop.linkPath, .POST): link(exchange)
        case (let path, .PUT) where Hop.Notice(rawValue: path) != nil:
            Hop.Notice(rawValue: path).map { heard($0, exchange) }
        case (configuration.path, let method): enter(Visit(exchange), method)
        case (let path, _) where door.resource?.paths.contains(path) ?? false: door.resource?.answer(exchange)
        default: exchange.refuse(.noSuchPath)
        }
    }

    func noteRequest() { lastRequest = .now() }

    /// Serves a request that was let in.
    func serve(_ visit: Visit, _ method: HTTPMethod) {
        let exchange = visit.exchange
        // Of a POST the body tells which revision it speaks.
        if method != .POST, let refusal = versionRefusal(exchange.head.headers) { return exchange.refuse(refusal) }
        switch method {
        case .POST: post(visit)
        case .GET: listen(visit)
        case .DELETE: delete(visit)
        default: exchange.refuse(.methodNotAllowed(allow: "GET, POST, DELETE"))
        }
    }

    private func versionRefusal(_ headers: HTTPHeaders) -> Refusal? {
        guard let named = headers.value(Era.versionField) else { return nil }
        guard let revision = ProtocolRevision(rawValue: named) else { return .unsupportedVersion(named) }
        return revision.isModern ? .methodNotAllowed(allow: "POST") : nil
    }
}

/// What ending asks of it.
extension Gateway {
    var busyCount: Int { server?.busyCount ?? 0 }
    var connectionCount: Int { server?.connectionCount ?? 0 }
    var openStreamCount: Int { server?.openStreamCount ?? 0 }
    var traffic: (received: Int, sent: Int) { server?.traffic ?? (0, 0) }

    /// From now on no session begins here, and every connection ends with its next response.
    func beginDraining() {
        isDraining = true
        replicas.isAvailable = false
        server?.retireConnections()
    }

    func stopListening() { server?.stopListening() }

    func close() {
        stopObserving()
        upkeep?.cancel()
        lookup?.cancel()
        watch.stop()
        upstream?.close()
        server?.close()
        modern.close()
        pool.close()
        door.close()
    }
}

/// What sessions ask of their gateway.
extension Gateway {
    /// Starts the session's server, or gives the session a seat at the one that all share.
    func connect(_ session: StdioSession) throws(SpawnFailure) -> any ServerConnection {
        switch configuration.children.sharing {
        case .session: try startServer(for: session, again: session.machine.phase == .resuming)
        case .shared: try sharedServer(.legacy).seat(for: session)
        }
    }

    /// Starts a process of the server, unless its starts have to wait.
    /// - Parameter again: its session had one before.
    func startServer(
        for observer: any ChildObserver,
        again: Bool = false
    ) throws(SpawnFailure) -> any ServerConnection {
        let child = try servers.attempt { () throws(SpawnFailure) in
            try ChildProcess(
                serverCommand(),
                lineLimit: configuration.messageLimit,
                eventLoop: eventLoop,
                reaper: reaper,
                observer: observer
            )
        }
        child.start = servers.started(again: again)
        return child
    }

    func serverCommand() throws(SpawnFailure) -> ChildCommand {
        if let command { return command }
        let environment = ChildCommand.environment(
            from: configuration.environment,
            replica: "\(replicas.own)",
            port: configuration.upstream?.address.target.port
        )
        let found = ChildCommand.find(configuration.command, environment: environment) { slipway_is_program($0) }
        guard let found else { throw SpawnFailure.notFound(configuration.command.first ?? "") }
        command = found
        return found
    }

    /// A log whose lines name a session. Made where it is needed: thousands of sessions would hold it for nothing.
    func log(of session: SessionUID) -> Logger {
        var log = log
        log[metadataKey: "session"] = "\(session.short)"
        return log
    }

    func adopt(_ session: any Session, as ticket: String) { sessions.adopt(session, as: ticket) }

    /// A session is over. One that only this replica gives up, because it ends itself, may be resumed by another.
    func forget(_ session: any Session) { isDraining ? sessions.release(session) : sessions.end(session) }

    func issueTicket(
        for session: any Session,
        protocolVersion: String,
        parameters: [UInt8],
        upstreamSession: String? = nil
    ) -> String {
        configuration.keys.seal(
            SessionTicket(
                owner: "\(replicas.own)",
                session: session.uid,
                issuedAt: session.issuedAt,
                principal: session.caller.principal,
                protocolVersion: protocolVersion,
                upstreamSession: upstreamSession,
                initializeParameters: parameters.count <= SessionTicket.largestParameters ? parameters : nil
            )
        )
    }
}
