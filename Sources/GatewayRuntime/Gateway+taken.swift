import HTTPTransport
import Logging
import MCPWire
import NIOCore
import NIOHTTP1

/// Which replica serves a session that two of them could: the one that took it last.
///
/// A replica that was stopped, or cut off, comes back with sessions that others have taken meanwhile. Whoever took
/// sessions says so to every peer within a second, and to a peer that was lost as soon as it answers again.
extension Gateway {
    /// Sessions in one notice.
    private static let mostInNotice = 5_000

    /// A peer that requests are with does not answer.
    func isSilent(_ peer: HTTPTarget) {
        log.warning("a replica is silent and is given up", metadata: ["replica": "\(peer)"])
        replicas.failed(peer)
        pool.closeResting(peer)
        pool.closeLink(peer)
    }

    /// Asks the peers that are lost whether they are back.
    func askLostPeers() {
        for peer in replicas.lost {
            PeerProbe.start(peer, over: pool, eventLoop: eventLoop, limit: .seconds(2)) { [weak self] verdict in
                self?.asked(peer, verdict)
            }
        }
    }

    private func asked(_ peer: HTTPTarget, _ verdict: PeerProbe.Verdict) {
        guard verdict == .ready || verdict == .present else { return replicas.isStillLost(peer) }
        if replicas.isUninformed(peer) {
            replicas.informed(peer)
            tell(peer, .taken, TakenSessions.lines(of: taken.timeByUID.filter { sessions[uid: $0.key] != nil }))
            tellEnded(peer)
        }
        if verdict == .ready { replicas.ready(peer) }
    }

    /// Tells every peer what was taken since this was last called.
    func announceTaken() {
        let fresh = taken.takeFresh()
        guard !fresh.isEmpty else { return }
        for peer in replicas.available { tell(peer, .taken, TakenSessions.lines(of: fresh)) }
        taken.prune { sessions[uid: $0] != nil }
    }

    /// Tells a peer of many sessions, a line for each.
    func tell(_ peer: HTTPTarget, _ notice: Hop.Notice, _ lines: [String]) {
        var rest = lines[...]
        while !rest.isEmpty {
            let text = rest.prefix(Self.mostInNotice).joined()
            rest = rest.dropFirst(Self.mostInNotice)
            let own = "\(replicas.own)"
            let proof = configuration.keys.hopProof(
                session: Self.subject(notice, own, text), now: WallClock.now.seconds)
            let head = HTTPRequestHead(
                version: .http1_1,
                method: .PUT,
                uri: notice.rawValue,
                headers: [
                    "host": "\(peer)", Hop.replica: own, Hop.proof: proof, "content-length": "\(text.utf8.count)",
                ]
            )
            pool.call(
                head, body: ByteBuffer(string: text), to: peer, receiver: NoticeReceipt(of: notice, by: peer, self))
        }
    }

    private static func subject(_ notice: Hop.Notice, _ replica: String, _ text: String) -> String {
        "\(notice.rawValue.dropFirst("/slipway/".count))\n\(replica)\n\(text)"
    }

    /// Takes note of sessions that a peer serves, and gives up those of them that are here and older.
    func heardTaken(_ exchange: HTTPExchange) {
        collectNews(.taken, exchange) { text, replica in
            for (uid, time) in TakenSessions.read(text) { self.took(uid, at: time, by: replica) }
        }
    }

    /// Reads a notice of many lines. Without proof that it is a peer's, there is nothing at its path.
    func collectNews(
        _ notice: Hop.Notice,
        _ exchange: HTTPExchange,
        _ read: @escaping (_ text: String, _ sender: HTTPTarget) -> Void
    ) {
        let headers = exchange.head.headers
        guard let sender = headers.value(Hop.replica), let proof = headers.first(name: Hop.proof) else {
            return exchange.refuse(.noSuchPath)
        }
        exchange.collectBody(limit: Self.mostInNotice * 64) { body in
            guard case .success(let bytes) = body else { return exchange.refuse(.noSuchPath) }
            let text = String(buffer: bytes)
            let subject = Self.subject(notice, sender, text)
            let isPeers = self.configuration.keys.isHopProof(proof, session: subject, now: WallClock.now.seconds)
            guard isPeers, let replica = HTTPTarget(sender) else { return exchange.refuse(.noSuchPath) }
            read(text, replica)
            exchange.respond(.noContent)
        }
    }

    private func took(_ uid: SessionUID, at time: UInt64, by replica: HTTPTarget) {
        if let session = sessions[uid: uid] {
            let own = taken.timeByUID[uid] ?? session.issuedAt * 1000
            guard (time, "\(replica)") > (own, "\(replicas.own)") else {
                taken.took(uid, at: own)
                return replicas.owesNews(to: replica)
            }
            log.warning("another replica has taken a session over", metadata: ["replica": "\(replica)"])
            // Released first: an end that this replica alone comes to is not the session's.
            sessions.release(session)
            session.end("Another replica has taken this session over.")
        }
        taken.gave(uid)
        replicas.met(uid, at: replica)
    }
}
