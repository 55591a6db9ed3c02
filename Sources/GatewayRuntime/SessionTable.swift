import MCPWire
import NIOCore

/// The sessions that live on this replica, and which of them were ended for good.
struct SessionTable {
    /// How many ended sessions are remembered, the latest of them.
    static let mostEnded = 10_000
    /// How many resting sessions are remembered, where only their own replica may bring them back.
    static let mostResting = 50_000

    private var sessionByTicket: [String: any Session] = [:]
    private var sessionByUID: [SessionUID: any Session] = [:]
    private var ended: Set<SessionUID> = []
    private var endedInOrder: [SessionUID] = []
    private var resting: Set<SessionUID> = []

    var count: Int { sessionByUID.count }
    var all: some Collection<any Session> { sessionByUID.values }

    subscript(ticket ticket: String) -> (any Session)? { sessionByTicket[ticket] }

    subscript(uid uid: SessionUID) -> (any Session)? { sessionByUID[uid] }

    mutating func add(_ session: any Session) {
        resting.remove(session.uid)
        sessionByUID[session.uid] = session
        if let ticket = session.ticket { sessionByTicket[ticket] = session }
    }

    mutating func adopt(_ session: any Session, as ticket: String) { sessionByTicket[ticket] = session }

    /// Forgets a session that ended; its ticket will not bring it back.
    mutating func end(_ session: any Session) {
        guard sessionByUID.removeValue(forKey: session.uid) != nil else { return }
        if let ticket = session.ticket { sessionByTicket[ticket] = nil }
        rememberEnd(of: session.uid)
    }

    /// A session was ended for good, here or elsewhere.
    mutating func rememberEnd(of uid: SessionUID) {
        if endedInOrder.count >= Self.mostEnded {
            let half = Self.mostEnded / 2
            for uid in endedInOrder.prefix(half) { ended.remove(uid) }
            endedInOrder.removeFirst(half)
        }
        if ended.insert(uid).inserted { endedInOrder.append(uid) }
    }

    /// The sessions that are remembered as ended, the latest last.
    var endedBefore: [SessionUID] { endedInOrder }

    /// Drops a session that its ticket can bring back.
    mutating func release(_ session: any Session) {
        sessionByUID[session.uid] = nil
        if let ticket = session.ticket { sessionByTicket[ticket] = nil }
    }

    /// A session was put to rest here: this replica, and no other, may bring it back.
    mutating func rememberRest(of uid: SessionUID) {
        if resting.count >= Self.mostResting { resting.removeFirst() }
        resting.insert(uid)
    }

    func isResting(_ uid: SessionUID) -> Bool { resting.contains(uid) }

    func hasEnded(_ uid: SessionUID) -> Bool { ended.contains(uid) }
}
