import HTTPTransport
import Logging
import MCPWire
import NIOCore
import NIOHTTP1

/// A request on its way to the replica that has its session.
///
/// Its body is at hand whole, so that it can go to the next replica as long as none has begun to act on it. Once one
/// may have acted on it the request is never sent again: its calls get an error each.
final class PassedRequest {
    private let gateway: Gateway
    private let visit: Visit
    private var exchange: HTTPExchange { visit.exchange }
    private let sessionID: String
    private let ticket: SessionTicket
    private let body: ByteBuffer
    private let requests: [MessageID]
    private let serve: (any Session) -> Void
    /// Where the session was met last: nearly always it is still there, and no search is needed.
    private var lastPlace: HTTPTarget?
    private lazy var search = gateway.replicas.search(for: ticket)

    private init(
        _ gateway: Gateway,
        _ visit: Visit,
        _ sessionID: String,
        _ ticket: SessionTicket,
        body: ByteBuffer,
        requests: [MessageID],
        serve: @escaping (any Session) -> Void
    ) {
        self.gateway = gateway
        self.visit = visit
        self.sessionID = sessionID
        self.ticket = ticket
        self.body = body
        self.requests = requests
        self.serve = serve
        lastPlace = gateway.replicas.lastPlace(of: ticket.session)
    }

    /// Brings the request to its session, wherever that is.
    /// - Parameters:
    ///   - requests: the ids that must get an answer.
    ///   - serve: serves the request with a session that is resumed here.
    static func pass(
        _ visit: Visit,
        _ sessionID: String,
        _ ticket: SessionTicket,
        body: ByteBuffer,
        requests: [MessageID],
        gateway: Gateway,
        serve: @escaping (any Session) -> Void
    ) {
        if visit.exchange.head.method == .GET { gateway.relayedListeners.append(visit.exchange) }
        PassedRequest(gateway, visit, sessionID, ticket, body: body, requests: requests, serve: serve).tryNext()
    }

    private func tryNext() {
        guard !exchange.isOver else { return }
        if let peer = lastPlace { return send(to: peer, .find) }
        switch search.next() {
        case .find(let peer): send(to: peer, .find)
        case .take(let peer): send(to: peer, .take)
        case .takeHere: takeHere()
        case nil: exchange.refuse(gateway.isDraining ? .draining : .unknownSession, to: requests.first)
        }
    }

    private func takeHere() {
        // Another request of the session may have brought it here while this one asked around.
        if let session = gateway.sessions[ticket: sessionID] { return serve(session) }
        switch gateway.resume(ticket, sessionID) {
        case .success(let session): serve(session)
        case .failure(let refusal): exchange.refuse(refusal, to: requests.first)
        }
    }

    private func send(to peer: HTTPTarget, _ intent: HopIntent) {
        let relay = HTTPRelay.start(
            exchange,
            as: gateway.hopHead(visit, sessionID, intent),
            body: .collected(body),
            to: peer,
            over: gateway.pool,
            linking: { self.gateway.linkHead(to: peer) }
        ) { head in
            if let refusal = Hop.refusal(in: head) {
                self.gateway.replicas.refused(by: peer, refusal)
                return true
            }
            self.visit.record.peer = peer
            self.gateway.replicas.met(self.ticket.session, at: peer)
            self.gateway.calls.forwarded += self.requests.count
            return false
        } onFailure: { failure in
            self.failed(failure, at: peer)
        }
        gateway.watch.follow(relay, to: peer)
    }

    private func failed(_ failure: RelayFailure, at peer: HTTPTarget) {
        lastPlace = nil
        search.wasAsked(peer)
        switch failure {
        case .declined(let head):
            if Hop.refusal(in: head) == .draining { search.exclude(peer) }
            tryNext()
        case .call(.unreachable):
            gateway.replicas.failed(peer)
            search.exclude(peer)
            tryNext()
        case .call(.broken):
            gateway.log.warning("the replica that ran a call is gone", metadata: ["replica": "\(peer)"])
            gateway.replicas.failed(peer)
            search.exclude(peer)
            if mayGoElsewhere { return tryNext() }
            visit.record.failed()
            exchange.endBroken(requests)
        }
    }

    /// Opening a stream or ending a session twice is as good as once.
    private var mayGoElsewhere: Bool { !exchange.hasResponse && [.GET, .DELETE].contains(exchange.head.method) }
}

extension HTTPExchange {
    /// Answers for a replica that broke off: a call that may have been carried out gets one error of its own.
    func endBroken(_ requests: [MessageID]) {
        let error = JSONRPCError(
            code: JSONRPCError.internalError,
            message: "The replica that ran this call is gone; whether it was carried out is not known."
        )
        endInWords(requests, error)
    }

    /// Refuses the request in words; `id` is the request's, where it is known.
    func refuse(_ refusal: Refusal, to id: MessageID? = nil) {
        (observer as? Visit)?.record.refusal = refusal
        discardBody()
        var headers = refusal.headers
        headers.add(name: "content-type", value: "application/json")
        respond(refusal.status, headers, body: refusal.error.response(to: id))
    }
}
