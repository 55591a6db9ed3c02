import HTTPTransport
import MCPWire

/// Where to look for a session that is not here, one attempt after another.
///
/// First the places that may have it are asked: where it was last met, its ticket's owner, and the replica that would
/// have taken it over. Only when none has it does one take it: the owner, if it lives, else the first of the rendezvous
/// order. Only the replica that the client reached searches; the others have the session, take it, or say no.
struct SessionSearch {
    enum Attempt: Equatable {
        /// Ask a replica whether it has the session.
        case find(HTTPTarget)
        /// Have a replica resume the session.
        case take(HTTPTarget)
        /// Resume the session here.
        case takeHere
    }

    private var finds: [HTTPTarget]
    private var takes: [HTTPTarget]
    private let own: HTTPTarget
    private var excluded: Set<HTTPTarget> = []

    /// - Parameters:
    ///   - lastMet: where the session was served before, as far as this replica knows.
    ///   - available: the peers that are worth asking.
    ///   - resting: the peers that failed lately; they are asked when nobody else is left.
    ///   - isAvailable: whether this replica may take sessions itself.
    init(
        for session: SessionUID,
        owner: HTTPTarget?,
        lastMet: HTTPTarget?,
        own: HTTPTarget,
        available: [HTTPTarget],
        resting: [HTTPTarget] = [],
        isAvailable: Bool
    ) {
        self.own = own
        let takers = isAvailable ? available + [own] : available
        let order = RendezvousOrder.of(Set(takers).subtracting([owner].compactMap { $0 }), for: session)
        finds = [lastMet, owner, order.first].compactMap { $0 }
        takes = [owner].compactMap { $0 }.filter { $0 != own || isAvailable } + order + resting
    }

    /// A replica failed or left lately: it is asked last to take the session, and whether it has it only where it can
    /// be reached.
    mutating func postpone(_ target: HTTPTarget, isReachable: Bool) {
        if !isReachable { finds.removeAll { $0 == target } }
        guard takes.contains(target) else { return }
        takes.removeAll { $0 == target }
        takes.append(target)
    }

    /// A replica was asked before the search began, and does not have the session.
    mutating func wasAsked(_ target: HTTPTarget) { finds.removeAll { $0 == target } }

    /// The next attempt; `nil` when there is nobody left to ask.
    mutating func next() -> Attempt? {
        while !finds.isEmpty {
            let target = finds.removeFirst()
            finds.removeAll { $0 == target }
            guard target != own, !excluded.contains(target) else { continue }
            return .find(target)
        }
        while !takes.isEmpty {
            let target = takes.removeFirst()
            if target == own { return .takeHere }
            if !excluded.contains(target) { return .take(target) }
        }
        return nil
    }

    /// A replica can't be reached, or takes no sessions: it is not asked again.
    mutating func exclude(_ target: HTTPTarget) { excluded.insert(target) }
}
