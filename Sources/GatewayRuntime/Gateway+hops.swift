import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// What replicas say to each other.
extension Gateway {
    /// What a peer wants, where a peer passed this request on for the caller that it names; `nil` for a client's own
    /// request.
    func hopIntent(of exchange: HTTPExchange, _ sessionID: String) -> HopIntent? {
        let headers = exchange.head.headers
        guard let proof = headers.value(Hop.proof) else { return nil }
        let caller = headers.value(Hop.caller) ?? ""
        let now = WallClock.now.seconds
        guard hops.isProof(proof, session: sessionID, caller: caller, now: now) else { return nil }
        return headers.value(Hop.intent).flatMap(HopIntent.init(rawValue:)) ?? .find
    }

    /// A request's head as a peer shall see it: without what the client signed in with, with whom that was, and with the
    /// name by which this replica calls the request.
    func hopHead(_ visit: Visit, _ sessionID: String, _ intent: HopIntent) -> HTTPRequestHead {
        var head = visit.exchange.head
        // First, or a client could name the fields below in Connection and have them removed.
        head.headers.removeHopByHopFields()
        head.headers.removePrivateFields()
        // The proof covers the session that the request names, or that it names none.
        if (head.headers.value("mcp-session-id") ?? "") != sessionID {
            head.headers.remove(name: "mcp-session-id")
            if !sessionID.isEmpty { head.headers.add(name: "mcp-session-id", value: sessionID) }
        }
        let caller = visit.caller.hopField
        let proof = hops.proof(session: sessionID, caller: caller, now: WallClock.now.seconds)
        // None of them is there twice: a client's own are private fields.
        var own = [(Hop.proof, proof), (Hop.intent, intent.rawValue), (Hop.request, visit.record.names.request)]
        if !caller.isEmpty { own.append((Hop.caller, caller)) }
        head.headers.add(contentsOf: HTTPHeaders(own))
        return head
    }

    /// A request that asks a peer for a link.
    func linkHead(to peer: HTTPTarget) -> HTTPRequestHead {
        let proof = configuration.keys.hopProof(session: Hop.linkPath, now: WallClock.now.seconds)
        return HTTPRequestHead(
            version: .http1_1, method: .POST, uri: Hop.linkPath, headers: ["host": "\(peer)", Hop.proof: proof])
    }

    /// Gives a peer the link that it asks for. Without proof that it is a peer, there is nothing at this path.
    func link(_ exchange: HTTPExchange) {
        guard hopIntent(of: exchange, Hop.linkPath) != nil else { return exchange.refuse(.noSuchPath) }
        guard !isDraining else { return exchange.refuse(.draining) }
        server?.link(exchange)
    }

    /// Tells every peer that this replica drains.
    func announceLeaving() { announce(.leaving, about: "\(replicas.own)") }

    /// Tells every peer of changes that the server told of, for the streams that listen there.
    func announce(changes: Set<String>) {
        for change in changes { announce(.changed, about: change) }
    }

    func announce(_ notice: Hop.Notice, about subject: String) {
        for peer in replicas.available { notify(peer, notice, about: subject) }
    }

    func notify(_ peer: HTTPTarget, _ notice: Hop.Notice, about subject: String) {
        let proof = configuration.keys.hopProof(session: subject, now: WallClock.now.seconds)
        let head = HTTPRequestHead(
            version: .http1_1,
            method: .PUT,
            uri: notice.rawValue,
            headers: ["host": "\(peer)", notice.field: subject, Hop.proof: proof, "content-length": "0"]
        )
        pool.call(head, body: ByteBuffer(), to: peer, receiver: NoticeReceipt(of: notice, by: peer, self))
    }

    /// Takes note of a peer's news. Without proof that it is a peer's, there is nothing at this path.
    func heard(_ notice: Hop.Notice, _ exchange: HTTPExchange) {
        if notice == .taken { return heardTaken(exchange) }
        if notice == .endedBefore { return heardEnded(exchange) }
        guard let subject = exchange.head.headers.value(notice.field), hopIntent(of: exchange, subject) != nil
        else {
            return exchange.refuse(.noSuchPath)
        }
        switch notice {
        case .taken, .endedBefore: break
        case .arrived: HTTPTarget(subject).map { replicas.arrived($0) }
        case .leaving:
            guard let replica = HTTPTarget(subject) else { break }
            replicas.leaving(replica)
            pool.closeResting(replica)
        case .changed: modern.heard(subject)
        case .ended:
            sessions[ticket: subject]?.end("The client ended the session.")
            if let ticket = configuration.keys.open(subject) { sessions.rememberEnd(of: ticket.session) }
        }
        exchange.respond(.noContent)
    }

    /// The peer that begins sessions while this replica drains; `nil` where there is none, or where a draining peer
    /// passed this very request on.
    func beginningPeer(for visit: Visit) -> HTTPTarget? {
        visit.hop == nil ? replicas.available.randomElement() : nil
    }

    /// Has a peer begin a session, because this replica will not be here for it.
    func passInitialize(_ visit: Visit, _ body: ByteBuffer, to peer: HTTPTarget) {
        let exchange = visit.exchange
        let head = hopHead(visit, "", .take)
        visit.record.peer = peer
        let relay = HTTPRelay.start(exchange, as: head, body: .collected(body), to: peer, over: pool) { failure in
            self.replicas.failed(peer)
            guard case .call(.unreachable) = failure, let other = self.replicas.available.randomElement() else {
                return exchange.hasResponse ? exchange.abort() : exchange.refuse(.draining)
            }
            self.passInitialize(visit, body, to: other)
        }
        watch.follow(relay, to: peer)
    }
}

extension HTTPExchange {
    /// Says to the peer that passed this request on that it is not served here.
    func refuseHop(_ refusal: Hop.Refusal) {
        discardBody()
        respond(.misdirectedRequest, [Hop.refusal: refusal.rawValue])
    }
}
