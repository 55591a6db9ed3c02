import HTTPTransport
import MCPWire

/// Which replica takes a session whose owner is gone: rendezvous hashing (Thaler and Ravishankar, 1998). Every replica
/// that knows the same peers names the same order, and a replica that comes or goes moves only its own sessions.
enum RendezvousOrder {
    /// The candidates, best first.
    static func of(_ candidates: some Sequence<HTTPTarget>, for session: SessionUID) -> [HTTPTarget] {
        candidates.map { ($0, score($0, session)) }.sorted { $0.1 > $1.1 }.map(\.0)
    }

    /// The best of the candidates.
    static func first(of candidates: some Sequence<HTTPTarget>, for session: SessionUID) -> HTTPTarget? {
        candidates.max { score($0, session) < score($1, session) }
    }

    /// The same on every machine: FNV-1a over the address, mixed with the session by SplitMix64's finalizer.
    private static func score(_ target: HTTPTarget, _ session: SessionUID) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in target.description.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return mixed(hash ^ mixed(session.high ^ mixed(session.low)))
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
