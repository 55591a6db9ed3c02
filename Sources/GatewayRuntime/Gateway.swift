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
    var sessions = SessionTable()
    var calls = HealthReport.Calls()
    var replicas: Replicas
    /// GET streams that were passed to the replicas that have their sessions.
    var relayedListeners: [HTTPExchange] = []
    private(set) var isDraining = false
    /// When a request last arrived at the MCP endpoint.
    private(set) var lastRequest = NIODeadline.now()

    private(set) lazy var modern = ModernStdio(self)

    let eventLoop: any EventLoop
    let reaper: ChildReaper
    let door: Door
    private var server: HTTPServer?
    private var command: ChildCommand?
    private var upkeep: RepeatedTask?
    private var lookup: RepeatedTask?

    /// To be made on `eventLoop`, and used there only.
    init(_ configuration: GatewayConfiguration, eventLoop: any EventLoop, log: Logger) {
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.log = log
        reaper = ChildReaper(eventLoop: eventLoop)
        pool = HTTPConnectionPool(eventLoop: eventLoop, connectTimeout: .seconds(2))
        replicas = Replicas(own: HTTPTarget(host: configuration.host, port: configuration.port), peers: [])
        door = Door(configuration, eventLoop: eventLoop, log: log)
    }

    /// Listens and serves. The future's value is the address.
    func start() -> EventLoopFuture<SocketAddress> {
        let server = HTTPServer(eventLoop: eventLoop, limits: HTTPServerLimits(), application: self)
        self.server = server
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        return server.bind(host: configuration.host, port: configuration.port).map { address in
            bound.value.listens(at: address)
            return address
        }
    }

    private func listens(at address: SocketAddress) {
        let listening = HTTPTarget(host: configuration.host, port: address.port ?? configuration.port)
        replicas = Replicas(own: configuration.advertised ?? listening, peers: configuration.peers)
        upkeep = eventLoop.repeatedly(every: .seconds(1)) { [weak self] in self?.keepUp() }
        door.start()
        lookUpPeers()
        lookup = eventLoop.repeatedly(every: Self.lookupInterval) { [weak self] in self?.lookUpPeers() }
    }

    /// Calls `action` after `delay`.
    func later(_ delay: TimeAmount, _ action: @escaping () -> Void) {
        eventLoop.assumeIsolated().scheduleTask(in: delay, action)
    }

    private func keepUp() {
        let now = NIODeadline.now()
        askFailedPeers()
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
    }
}

extension Gateway: HTTPApplication {
    func begin(_ exchange: HTTPExchange) {
        switch (String(exchange.path), exchange.head.method) {
        case ("/health", .GET), ("/health", .HEAD): answerHealth(exchange)
        case ("/health", _): exchange.refuse(.methodNotAllowed(allow: "GET"))
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
        guard let named = headers.first(name: Era.versionField) else { return nil }
        guard let revision = ProtocolRevision(rawValue: named) else { return .unsupportedVersion(named) }
        return revision.isModern ? .methodNotAllowed(allow: "POST") : nil
    }

    private func answerHealth(_ exchange: HTTPExchange) {
        let report = HealthReport(
            isDraining: isDraining,
            replica: "\(replicas.own)",
            sessions: sessions.count,
            children: reaper.childCount,
            calls: calls
        )
        exchange.discardBody()
        exchange.respond(
            isDraining ? .serviceUnavailable : .ok,
            ["content-type": "application/json"],
            body: report.body
        )
    }
}

/// What ending asks of it.
extension Gateway {
    var busyConnectionCount: Int { server?.busyConnectionCount ?? 0 }

    /// From now on no session begins here, and every connection ends with its next response.
    func beginDraining() {
        isDraining = true
        replicas.isAvailable = false
        server?.retireConnections()
    }

    func stopListening() { server?.stopListening() }

    func close() {
        upkeep?.cancel()
        lookup?.cancel()
        server?.close()
        modern.close()
        pool.close()
        door.close()
    }
}

/// What sessions ask of their gateway.
extension Gateway {
    /// Starts the session's server.
    func connect(_ session: StdioSession) throws(SpawnFailure) -> any ServerConnection {
        try startServer(for: session)
    }

    /// Starts a process of the server.
    func startServer(for observer: any ChildObserver) throws(SpawnFailure) -> any ServerConnection {
        let command = try serverCommand()
        return try ChildProcess(
            command,
            lineLimit: configuration.messageLimit,
            eventLoop: eventLoop,
            reaper: reaper,
            observer: observer
        )
    }

    private func serverCommand() throws(SpawnFailure) -> ChildCommand {
        if let command { return command }
        let environment = ChildCommand.environment(from: configuration.environment, replica: "\(replicas.own)")
        let found = ChildCommand.find(configuration.command, environment: environment, isExecutable: isExecutable)
        guard let found else { throw SpawnFailure.notFound(configuration.command.first ?? "") }
        command = found
        return found
    }

    func adopt(_ session: any Session, as ticket: String) { sessions.adopt(session, as: ticket) }

    /// A session is over. One that only this replica gives up, because it ends itself, may be resumed by another.
    func forget(_ session: any Session) { isDraining ? sessions.release(session) : sessions.end(session) }

    func issueTicket(for session: any Session, protocolVersion: String, parameters: [UInt8]) -> String {
        configuration.keys.seal(
            SessionTicket(
                owner: "\(replicas.own)",
                session: session.uid,
                issuedAt: session.issuedAt,
                principal: session.caller.principal,
                protocolVersion: protocolVersion,
                initializeParameters: parameters.count <= SessionTicket.largestParameters ? parameters : nil
            )
        )
    }
}
