import HTTPTransport
import Logging
import MCPWire
import NIOCore
import NIOHTTP1

/// A session with a server that speaks HTTP itself: the client's requests pass to it, with its own id for the session
/// in place of ours.
///
/// The server's id is in our ticket, so that the session can be found again by whoever opens the ticket. A server that
/// forgot the session (404: it restarted, or another replica's server had it) is sent the client's own `initialize`,
/// and the request that it refused once more.
final class HTTPSession: Session {
    /// A shorter id of the server's could be another session's by now, with a server that was restarted or another
    /// replica's: it is not tried, the session is begun anew.
    private static let shortestUniqueID = 16
    /// A longer id does not travel in the ticket.
    private static let longestKeptID = 512
    /// Requests, and bytes of them, that may wait while the server's session is begun anew.
    private static let mostWaiting = (requests: 256, bytes: 32 * 1024 * 1024)

    let uid: SessionUID
    private(set) var ticket: String?
    let caller: Caller
    let issuedAt: UInt64
    private(set) var lastUse = NIODeadline.now()

    private unowned let gateway: Gateway
    private let upstream: HTTPUpstream
    private let initializeParameters: [UInt8]
    private var protocolVersion: String
    /// The server's id for the session: `nil` where it gives none, empty where it has to be begun anew.
    private var upstreamSession: String?
    private var posts: [ObjectIdentifier: UpstreamRelay] = [:]
    private var listeners = ListeningRelays()
    private var waiting: [UpstreamRelay] = []
    private var isRenewing = false
    private var renewals = 0
    /// The events that the client remembers may be those of a session that is gone.
    private var eventsAreStale = false
    private var isEnded = false
    /// Ends the wait for the server's first answer.
    private var startLimit: Scheduled<Void>?
    private var log: Logger { gateway.log(of: uid) }

    /// A session that its client begins now.
    init(of caller: Caller, initializeParameters: [UInt8], gateway: Gateway, upstream: HTTPUpstream) {
        uid = .random()
        self.caller = caller
        issuedAt = WallClock.now.seconds
        self.initializeParameters = initializeParameters
        protocolVersion = ProtocolRevision.march2025.rawValue
        self.gateway = gateway
        self.upstream = upstream
    }

    /// A session that a ticket describes: another replica began it, or it rested here.
    init(
        resuming ticket: SessionTicket,
        sealed: String,
        initializeParameters: [UInt8],
        gateway: Gateway,
        upstream: HTTPUpstream
    ) {
        uid = ticket.session
        caller = Caller(principal: ticket.principal)
        issuedAt = ticket.issuedAt
        self.ticket = sealed
        self.initializeParameters = initializeParameters
        protocolVersion = ticket.protocolVersion
        upstreamSession = ticket.upstreamSession.map { $0.utf8.count < Self.shortestUniqueID ? "" : $0 }
        self.gateway = gateway
        self.upstream = upstream
        log.info("session resumed from its ticket")
    }

    var isBusy: Bool { posts.values.contains(where: \.isCall) }
    var listenerCount: Int { listeners.count }
    var isIdle: Bool { !isBusy && listeners.count == 0 }
    var isResumable: Bool { initializeParameters.count <= SessionTicket.largestParameters }

    func begin(_ message: ScannedMessage, _ visit: Visit) {
        let hooks = UpstreamHooks(
            established: { [weak self] answer, head in self?.established(answer, head) ?? [:] },
            ended: { [weak self] relay in self?.ended(relay) }
        )
        let id = message.envelope.id.map { [$0] } ?? []
        let relay = UpstreamRelay(visit, body: .collected(message.bytes), requests: id, over: upstream, hooks: hooks)
        let patience = gateway.configuration.startTime
        startLimit = gateway.later(patience) { [weak self, weak relay] in
            guard self?.ticket == nil else { return }
            relay?.fail("The MCP server did not start the session: \(UpstreamTrouble.silent(patience)).")
        }
        add(relay)
        relay.send(session: nil)
    }

    func receive(_ posted: PostedMessages, _ visit: Visit) {
        guard !isEnded else { return visit.exchange.refuse(.unknownSession) }
        post(visit, .collected(posted.body), posted.requests)
    }

    /// Serves a POST whose body is passed on as it arrives.
    func stream(_ visit: Visit) { post(visit, .streamed, []) }

    private func post(_ visit: Visit, _ body: UpstreamRelay.Body, _ requests: [MessageID]) {
        let relay = UpstreamRelay(visit, body: body, requests: requests, over: upstream, hooks: hooks)
        add(relay)
        send(relay)
    }

    func listen(_ visit: Visit) {
        lastUse = .now()
        let relay = UpstreamRelay(visit, body: .collected(ByteBuffer()), requests: [], over: upstream, hooks: hooks)
        listeners.open(relay)?.finish()
        send(relay)
    }

    func closeListeners() { for relay in listeners.all { relay.finish() } }

    /// The upstream writes comments on every stream that it relays.
    func keepAlive(after interval: TimeAmount, now: NIODeadline) {}

    /// Ends the server's session, too. One that is only handed over is left to the replica that takes it: the server
    /// may be the same.
    func sleep() {
        guard isIdle, !gateway.isDraining else { return }
        endUpstream()
        if upstreamSession != nil { upstreamSession = "" }
    }

    func end(_ reason: String) {
        guard !isEnded else { return }
        isEnded = true
        for relay in Array(posts.values) { relay.fail(reason) }
        closeListeners()
        if !gateway.isDraining { endUpstream() }
        gateway.forget(self)
        log.info("session ended")
    }

    private func endUpstream() {
        guard let upstreamSession, !upstreamSession.isEmpty else { return }
        let request = UpstreamErrand.Request(
            method: .DELETE, session: upstreamSession, protocolVersion: protocolVersion
        )
        // Whatever it answers: a session that it does not end grows old there.
        UpstreamErrand.run(request, over: upstream, patience: .seconds(5)) { _ in }
    }
}

/// Relays coming and going.
extension HTTPSession {
    private var hooks: UpstreamHooks {
        UpstreamHooks(
            forgotten: { [weak self] relay in self?.forgotten(relay) },
            conflicted: { [weak self] relay in self?.conflicted(relay) },
            ended: { [weak self] relay in self?.ended(relay) }
        )
    }

    private func add(_ relay: UpstreamRelay) {
        lastUse = .now()
        posts[ObjectIdentifier(relay)] = relay
    }

    private func ended(_ relay: UpstreamRelay) {
        lastUse = .now()
        posts[ObjectIdentifier(relay)] = nil
        listeners.close(relay)
        // A client that leaves, or is refused, before it knows its session's id has no session to come back to.
        guard ticket == nil else { return }
        gateway.sessions.release(self)
        guard let status = relay.answer?.status else { return }
        log.warning(
            "the server began no session", metadata: ["url": "\(upstream.address)", "status": "\(status.code)"])
    }

    private func established(_ answer: ScannedMessage, _ head: HTTPResponseHead) -> HTTPHeaders {
        startLimit?.cancel()
        startLimit = nil
        protocolVersion = answer.envelope.protocolVersion ?? ProtocolRevision.march2025.rawValue
        upstreamSession = head.headers.value("mcp-session-id")
        let sealed = gateway.issueTicket(
            for: self,
            protocolVersion: protocolVersion,
            parameters: initializeParameters,
            upstreamSession: upstreamSession.map { $0.utf8.count > Self.longestKeptID ? "" : $0 }
        )
        ticket = sealed
        gateway.adopt(self, as: sealed)
        log.info("session began", metadata: ["protocol": "\(protocolVersion)"])
        return ["mcp-session-id": sealed]
    }

    private func send(_ relay: UpstreamRelay) {
        if isRenewing || upstreamSession?.isEmpty == true { return wait(relay) }
        if relay.isListener, eventsAreStale {
            relay.withheld = ["last-event-id"]
            eventsAreStale = false
            listeners.replaceListener(with: relay)?.finish()
        }
        relay.send(session: upstreamSession)
    }

    private func wait(_ relay: UpstreamRelay) {
        let bytes = waiting.reduce(0) { $0 + $1.bodyBytes }
        guard waiting.count < Self.mostWaiting.requests, bytes < Self.mostWaiting.bytes else {
            return relay.end { $0.refuse(.serverSlow) }
        }
        waiting.append(relay)
        renew()
    }

    private func conflicted(_ relay: UpstreamRelay) {
        for other in listeners.inTheWay(of: relay) { other.finish() }
    }

    /// The server does not know the session that the request named, so it did not act on it.
    private func forgotten(_ relay: UpstreamRelay) {
        // An answer or a notice to a session that is gone means nothing to the next.
        guard relay.isCall || relay.isListener else { return relay.end { $0.respond(.accepted) } }
        guard !relay.isSentAgain else { return relay.fail("The MCP server does not keep the sessions that it begins.") }
        relay.isSentAgain = true
        if relay.session == upstreamSession { upstreamSession = "" }
        guard !relay.isStreamed else {
            renew()
            return relay.fail("The MCP server had forgotten the session and did not run this call; send it again.")
        }
        send(relay)
    }
}

/// Beginning the server's session anew.
extension HTTPSession {
    private func renew() {
        guard !isRenewing else { return }
        isRenewing = true
        renew(since: .now())
    }

    private func renew(since began: NIODeadline) {
        renewals += 1
        UpstreamRenewal.run(
            parameters: initializeParameters,
            number: renewals,
            over: upstream,
            patience: gateway.configuration.startTime
        ) { [weak self] result in
            guard let self else { return }
            // A server that the gateway is starting has not seen the request.
            if case .failure(.unreachable) = result, self.upstream.isAwaited(since: began), !self.isEnded {
                self.gateway.later(.milliseconds(100)) { [weak self] in self?.renew(since: began) }
                return
            }
            self.renewed(result)
        }
    }

    private func renewed(_ result: Result<UpstreamRenewal.Renewed, UpstreamTrouble>) {
        isRenewing = false
        let relays = waiting
        waiting = []
        switch result {
        case .success(let renewed):
            upstreamSession = renewed.session
            protocolVersion = renewed.protocolVersion
            eventsAreStale = true
            log.info("the server's session was begun anew")
            guard !isEnded else { return endUpstream() }
            reopenListeners(but: relays)
            for relay in relays { send(relay) }
        case .failure(let trouble):
            log.warning("the server's session could not be begun anew", metadata: ["reason": "\(trouble)"])
            for relay in relays { relay.fail("The MCP server did not resume the session: \(trouble).") }
        }
    }
    /// The GET stream goes on in the new session; a call that was come back to ended with the old one.
    private func reopenListeners(but relays: [UpstreamRelay]) {
        for open in listeners.all where !relays.contains(where: { $0 === open }) {
            open === listeners.listener ? open.reopen(session: upstreamSession) : open.finish()
        }
    }
}
