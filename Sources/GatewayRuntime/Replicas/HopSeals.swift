import MCPWire

/// What the fleet's keys have sealed and opened lately. A session's requests come to the same replicas again and again,
/// with the same ticket, and ciphers cost more than look-ups.
///
/// Whatever is remembered was checked once, and is still judged by its age; only the same bytes are taken for it.
struct HopSeals {
    /// Seconds for which a replica uses a proof again; it holds for a minute.
    static let reuse: UInt64 = 10
    /// Bytes that each kind may take, about.
    private static let room = 1 << 20

    private struct Subject: Hashable {
        let session: String
        let caller: String

        var cost: Int { 200 + 2 * session.utf8.count + caller.utf8.count }
    }

    private struct Proof {
        let text: String
        let madeAt: UInt64
    }

    private let keys: FleetKeys
    private var opened = RecentValues<String, SessionTicket>(room: room)
    private var made = RecentValues<Subject, Proof>(room: room)
    private var checked = RecentValues<Subject, Proof>(room: room)

    init(_ keys: FleetKeys) { self.keys = keys }

    /// The ticket inside a session id; `nil` for anything that no key of this fleet sealed.
    mutating func ticket(_ sessionID: String) -> SessionTicket? {
        if let known = opened[sessionID] { return known }
        guard let ticket = keys.open(sessionID) else { return nil }
        opened.insert(ticket, for: sessionID, cost: 400 + 4 * sessionID.utf8.count)
        return ticket
    }

    /// Proof that a request comes from a replica of this fleet, for a session and the caller who was checked.
    mutating func proof(session: String, caller: String, now: UInt64) -> String {
        let subject = Subject(session: session, caller: caller)
        if let known = made[subject], now >= known.madeAt, now - known.madeAt < Self.reuse { return known.text }
        let text = keys.hopProof(session: session, caller: caller, now: now)
        made.insert(Proof(text: text, madeAt: now), for: subject, cost: subject.cost)
        return text
    }

    /// Whether a peer made this proof within the last minute, for this session and caller.
    mutating func isProof(_ proof: String, session: String, caller: String, now: UInt64) -> Bool {
        let subject = Subject(session: session, caller: caller)
        if let known = checked[subject], Self.isSame(known.text, proof), FleetKeys.isFresh(known.madeAt, now: now) {
            return true
        }
        guard keys.isHopProof(proof, session: session, caller: caller, now: now), let time = FleetKeys.time(of: proof)
        else { return false }
        checked.insert(Proof(text: proof, madeAt: time), for: subject, cost: subject.cost)
        return true
    }

    /// In the same time wherever they differ: a proof is a secret while it holds.
    private static func isSame(_ known: String, _ given: String) -> Bool {
        var (known, given) = (known, given)
        return known.withUTF8 { known in
            given.withUTF8 { given in
                guard known.count == given.count else { return false }
                var difference: UInt8 = 0
                for index in known.indices { difference |= known[index] ^ given[index] }
                return difference == 0
            }
        }
    }
}
