import HTTPTransport
import NIOCore

/// The replicas this one knows of, and which of them are worth asking now.
///
/// The view is gathered: a DNS answer carries at most eight of a service's addresses, picked at random (AWS Cloud Map,
/// multivalue routing), so answers add up, and an address is dropped only when it was neither in an answer nor
/// reached for a while. In a large fleet an answer leaves most replicas out, so one that was not named for long is
/// asked before it is dropped.
struct PeerDirectory {
    /// How long a replica that could not be reached, or that drains, is not asked to take sessions.
    static let rest: TimeAmount = .seconds(3)
    /// How long an address stays known without being named or reached.
    static let memory: TimeAmount = .minutes(2)

    /// How long an address may go unnamed before its replica is asked whether it is there.
    static let trust: TimeAmount = .minutes(1)

    private let own: HTTPTarget?
    private let permanent: Set<HTTPTarget>
    private var lastSign: [HTTPTarget: NIODeadline] = [:]
    private var unreachableUntil: [HTTPTarget: NIODeadline] = [:]
    private var leavingUntil: [HTTPTarget: NIODeadline] = [:]

    /// `permanent`: peers from a list, which are never forgotten. The own address may be among them.
    init(own: HTTPTarget?, permanent: [HTTPTarget]) {
        self.own = own
        self.permanent = Set(permanent.filter { $0 != own })
    }

    /// Every peer that is known.
    var all: Set<HTTPTarget> { permanent.union(lastSign.keys) }

    /// The peers that may take sessions.
    func available(now: NIODeadline) -> [HTTPTarget] { all.filter { isAvailable($0, now: now) } }

    /// The peers that failed or left lately.
    func resting(now: NIODeadline) -> [HTTPTarget] { all.filter { !isAvailable($0, now: now) } }

    /// The peers that will be forgotten unless they answer.
    func doubtful(now: NIODeadline) -> [HTTPTarget] { lastSign.filter { now - $0.value > Self.trust }.map(\.key) }

    /// Whether a replica, known or named by a ticket, is worth asking for a session it may have.
    func isReachable(_ target: HTTPTarget, now: NIODeadline) -> Bool {
        unreachableUntil[target].map { $0 <= now } ?? true
    }

    /// Whether a replica may take sessions.
    func isAvailable(_ target: HTTPTarget, now: NIODeadline) -> Bool {
        isReachable(target, now: now) && leavingUntil[target].map { $0 <= now } ?? true
    }

    /// A DNS answer named these.
    mutating func named(_ targets: [HTTPTarget], now: NIODeadline) {
        for target in targets where target != own { lastSign[target] = now }
        lastSign = lastSign.filter { now - $0.value <= Self.memory }
    }

    /// A replica answered.
    mutating func reached(_ target: HTTPTarget, now: NIODeadline) {
        if lastSign[target] != nil { lastSign[target] = now }
        unreachableUntil[target] = nil
    }

    /// A replica said that it is there and takes sessions.
    mutating func ready(_ target: HTTPTarget, now: NIODeadline) {
        reached(target, now: now)
        leavingUntil[target] = nil
    }

    /// A replica could not be reached.
    mutating func failed(_ target: HTTPTarget, now: NIODeadline) {
        unreachableUntil = unreachableUntil.filter { $0.value > now }
        unreachableUntil[target] = now + Self.rest
    }

    /// A replica said that it is draining: it still has sessions, but takes none.
    mutating func leaving(_ target: HTTPTarget, now: NIODeadline) {
        leavingUntil = leavingUntil.filter { $0.value > now }
        leavingUntil[target] = now + Self.rest
    }
}
