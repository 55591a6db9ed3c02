import HTTPTransport
import MCPWire
import NIOCore

/// What this replica knows of the others.
struct Replicas {
    /// Sessions whose whereabouts are remembered.
    static let mostMet = 20_000

    /// This replica as its peers reach it.
    let own: HTTPTarget
    /// Whether this replica takes sessions itself.
    var isAvailable = true
    private var directory: PeerDirectory
    private var met: [SessionUID: HTTPTarget] = [:]

    init(own: HTTPTarget, peers: [HTTPTarget]) {
        self.own = own
        directory = PeerDirectory(own: own, permanent: peers)
    }

    /// Every peer that is known.
    var known: Set<HTTPTarget> { directory.all }

    /// The peers that are worth asking now.
    var available: [HTTPTarget] { directory.available(now: .now()) }

    /// The peers that failed lately.
    var resting: [HTTPTarget] { directory.resting(now: .now()) }

    /// Where to look for a session that is not here.
    func search(for ticket: SessionTicket) -> SessionSearch {
        let now = NIODeadline.now()
        let owner = HTTPTarget(ticket.owner)
        let lastMet = met[ticket.session]
        var search = SessionSearch(
            for: ticket.session,
            owner: owner,
            lastMet: lastMet,
            own: own,
            available: directory.available(now: now),
            resting: directory.resting(now: now),
            isAvailable: isAvailable
        )
        for target in [owner, lastMet].compactMap({ $0 }) where !directory.isAvailable(target, now: now) {
            search.postpone(target, isReachable: directory.isReachable(target, now: now))
        }
        return search
    }

    /// A session was served there.
    mutating func met(_ session: SessionUID, at replica: HTTPTarget) {
        directory.reached(replica, now: .now())
        guard met[session] != replica else { return }
        if met.count >= Self.mostMet { met.removeAll(keepingCapacity: true) }
        met[session] = replica
    }

    /// A replica answered that it does not serve a session.
    mutating func refused(by replica: HTTPTarget, _ refusal: Hop.Refusal) {
        switch refusal {
        case .absent: directory.reached(replica, now: .now())
        case .draining: leaving(replica)
        }
    }

    /// A replica is there and takes sessions.
    mutating func ready(_ replica: HTTPTarget) { directory.ready(replica, now: .now()) }

    /// A replica drains: it takes no sessions, but it still has some.
    mutating func leaving(_ replica: HTTPTarget) { directory.leaving(replica, now: .now()) }

    /// A replica could not be reached.
    mutating func failed(_ replica: HTTPTarget) { directory.failed(replica, now: .now()) }

    /// A DNS answer named these.
    mutating func named(_ replicas: [HTTPTarget]) { directory.named(replicas, now: .now()) }
}
