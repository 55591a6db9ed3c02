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
    /// Peers that were lost and have not heard since which sessions went to others.
    private var uninformed: Set<HTTPTarget> = []
    /// Peers that know of this replica, and so tell it what they know.
    private var acquainted: Set<HTTPTarget> = []
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

    /// Where a session was met last, if it can still be there.
    func lastPlace(of session: SessionUID) -> HTTPTarget? {
        met[session].flatMap { directory.isAvailable($0, now: .now()) ? $0 : nil }
    }

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

    /// A replica could not be reached, or is silent.
    mutating func failed(_ replica: HTTPTarget) {
        directory.failed(replica, now: .now())
        acquainted.remove(replica)
        owesNews(to: replica)
    }

    /// The peers to be asked whether they are back.
    var lost: Set<HTTPTarget> { uninformed.union(resting) }

    /// A peer must hear which sessions this replica serves.
    mutating func owesNews(to replica: HTTPTarget) {
        if directory.all.contains(replica) { uninformed.insert(replica) }
    }

    /// Whether a peer has not heard which sessions went to others while it was lost.
    func isUninformed(_ replica: HTTPTarget) -> Bool { uninformed.contains(replica) }

    /// The peers to be told that this replica is there, each once.
    mutating func takeUngreeted() -> [HTTPTarget] {
        let peers = directory.available(now: .now()).filter { !acquainted.contains($0) }
        acquainted.formUnion(peers)
        return peers
    }

    /// A peer did not hear that this replica is there.
    mutating func notGreeted(_ replica: HTTPTarget) { acquainted.remove(replica) }

    /// A replica says that it is there: it has started, or has learned of this one.
    mutating func arrived(_ replica: HTTPTarget) {
        guard replica != own else { return }
        directory.named([replica], now: .now())
        directory.ready(replica, now: .now())
        owesNews(to: replica)
    }

    mutating func informed(_ replica: HTTPTarget) { uninformed.remove(replica) }

    /// A peer that was asked whether it is back is not, or did not say that it takes sessions.
    mutating func isStillLost(_ replica: HTTPTarget) {
        guard !directory.isReachable(replica, now: .now()) else { return }
        directory.failed(replica, now: .now())
    }

    /// The peers that no DNS answer named for long.
    var doubtful: [HTTPTarget] { directory.doubtful(now: .now()) }

    /// A replica answered, whatever it was asked.
    mutating func reached(_ replica: HTTPTarget) { directory.reached(replica, now: .now()) }

    /// A DNS answer named these.
    mutating func named(_ replicas: [HTTPTarget]) {
        directory.named(replicas, now: .now())
        uninformed.formIntersection(directory.all)
        acquainted.formIntersection(directory.all)
    }
}
