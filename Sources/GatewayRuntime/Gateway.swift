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
    /// This replica as its peers reach it, `host:port`; known once the gateway listens.
    private(set) var replica = ""

    private let eventLoop: any EventLoop
    private let reaper: ChildReaper
    private let originRule: OriginRule
    private var server: HTTPServer?
    private var command: ChildCommand?
    private var upkeep: RepeatedTask?
    private var isDraining = false

    /// To be made on `eventLoop`, and used there only.
    init(_ configuration: GatewayConfiguration, eventLoop: any EventLoop, log: Logger) {
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.log = log
        reaper = ChildReaper(eventLoop: eventLoop)
        pool = HTTPConnectionPool(eventLoop: eventLoop, connectTimeout: .seconds(2))
        originRule = OriginRule(
            allowed: configuration.allowedOrigins,
            listensOnLoopback: configuration.listensOnLoopback
        )
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
        replica =
            configuration.advertised
            ?? HTTPTarget(host: configuration.host, port: address.port ?? configuration.port).description
        upkeep = eventLoop.repeatedly(every: .seconds(1)) { [weak self] in self?.keepUp() }
    }

    /// Calls `action` after `delay`.
    func later(_ delay: TimeAmount, _ action: @escaping () -> Void) {
        eventLoop.assumeIsolated().scheduleTask(in: delay, action)
    }

    private func keepUp() {
        let now = NIODeadline.now()
        let oldest = WallClock.now.seconds - min(WallClock.now.seconds, configuration.sessionAgeInSeconds)
        for session in Array(sessions.all) {
            session.keepAlive(after: configuration.keepAliveInterval, now: now)
            if session.issuedAt < oldest {
                session.end("The session reached its greatest age.")
            } else if session.canRest, now - session.lastUse > configuration.idleTime {
                session.sleep()
                sessions.release(session)
            }
        }
    }
}

extension Gateway: HTTPApplication {
    func begin(_ exchange: HTTPExchange) {
        switch (String(exchange.path), exchange.head.method) {
        case ("/health", .GET), ("/health", .HEAD): answerHealth(exchange)
        case ("/health", _): exchange.refuse(.methodNotAllowed(allow: "GET"))
        case (configuration.path, let method): enter(exchange, method)
        default: exchange.refuse(.noSuchPath)
        }
    }

    private func enter(_ exchange: HTTPExchange, _ method: HTTPMethod) {
        let origin = exchange.head.headers.first(name: "origin")
        guard originRule.accepts(origin) else { return exchange.refuse(.originNotAllowed(origin ?? "")) }
        if let refusal = versionRefusal(exchange.head.headers) { return exchange.refuse(refusal) }
        switch method {
        case .POST: post(exchange)
        case .GET: listen(exchange)
        case .DELETE: delete(exchange)
        default: exchange.refuse(.methodNotAllowed(allow: "GET, POST, DELETE"))
        }
    }

    private func versionRefusal(_ headers: HTTPHeaders) -> Refusal? {
        guard let named = headers.first(name: "mcp-protocol-version") else { return nil }
        guard let revision = ProtocolRevision(rawValue: named) else { return .unsupportedVersion(named) }
        return revision.isModern ? .modernNotServed : nil
    }

    private func answerHealth(_ exchange: HTTPExchange) {
        let report = HealthReport(
            isDraining: isDraining,
            replica: replica,
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

/// What sessions ask of their gateway.
extension Gateway {
    func startChild(for session: Session) throws(SpawnFailure) -> ChildProcess {
        let command = try serverCommand()
        return try ChildProcess(
            command,
            lineLimit: configuration.messageLimit,
            eventLoop: eventLoop,
            reaper: reaper,
            observer: session
        )
    }

    private func serverCommand() throws(SpawnFailure) -> ChildCommand {
        if let command { return command }
        let environment = ChildCommand.environment(from: configuration.environment, replica: replica)
        let found = ChildCommand.find(configuration.command, environment: environment, isExecutable: isExecutable)
        guard let found else { throw SpawnFailure.notFound(configuration.command.first ?? "") }
        command = found
        return found
    }

    func adopt(_ session: Session, as ticket: String) { sessions.adopt(session, as: ticket) }

    func forget(_ session: Session) { sessions.end(session) }

    func issueTicket(for session: Session, protocolVersion: String, parameters: [UInt8]) -> String {
        configuration.keys.seal(
            SessionTicket(
                owner: replica,
                session: session.uid,
                issuedAt: session.issuedAt,
                protocolVersion: protocolVersion,
                initializeParameters: parameters.count <= SessionTicket.largestParameters ? parameters : nil
            )
        )
    }
}

/// Ending well.
extension Gateway {
    /// Says 503 on `/health`, lets calls in flight finish, then ends every stream, child and connection.
    func drain() -> EventLoopFuture<Void> {
        isDraining = true
        let drained = eventLoop.makePromise(of: Void.self)
        let deadline = NIODeadline.now() + configuration.drainTime
        awaitQuiet(until: deadline, drained)
        return drained.futureResult
    }

    private func awaitQuiet(until deadline: NIODeadline, _ drained: EventLoopPromise<Void>) {
        if sessions.all.contains(where: \.isBusy), NIODeadline.now() < deadline {
            return later(.milliseconds(50)) { self.awaitQuiet(until: deadline, drained) }
        }
        server?.stopListening()
        upkeep?.cancel()
        for session in Array(sessions.all) {
            session.end("This replica is shutting down.")
            sessions.release(session)
        }
        server?.retireConnections()
        let patience = ChildProcess.patience.beforeTerminate + ChildProcess.patience.beforeKill + .milliseconds(500)
        awaitChildren(until: .now() + patience, drained)
    }

    private func awaitChildren(until deadline: NIODeadline, _ drained: EventLoopPromise<Void>) {
        if reaper.childCount > 0, NIODeadline.now() < deadline {
            return later(.milliseconds(20)) { self.awaitChildren(until: deadline, drained) }
        }
        close()
        drained.succeed()
    }

    /// Ends everything at once: whoever started this gateway is gone.
    func abandon() {
        for session in sessions.all { session.killChild() }
        close()
    }

    private func close() {
        upkeep?.cancel()
        server?.close()
        pool.close()
    }
}
