import Crypto

/// The keys that every replica of a fleet shares: the first seals, all of them open, so that a key can be
/// replaced without ending a session.
///
/// Three keys are derived from each secret (HKDF-SHA256), one each for session tickets, request states and hops, so
/// that none can stand in for another.
package struct FleetKeys: Sendable {
    /// A secret shorter than this is refused.
    package static let shortestSecret = 32

    /// Why a set of secrets can't serve.
    package enum Refusal: Error, Equatable, Sendable {
        case none
        /// `position` counts from one.
        case tooShort(position: Int)
    }

    private struct Derived: Sendable {
        let ticket: SymmetricKey
        let state: SymmetricKey
        let hop: SymmetricKey

        init(from material: SymmetricKey) {
            ticket = Self.derive(from: material, purpose: "slipway session ticket 1")
            state = Self.derive(from: material, purpose: "slipway request state 1")
            hop = Self.derive(from: material, purpose: "slipway hop 1")
        }

        private static func derive(from material: SymmetricKey, purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: material, info: Array(purpose.utf8), outputByteCount: 32)
        }
    }

    private let keys: [Derived]

    package init(secrets: [String]) throws(Refusal) {
        guard !secrets.isEmpty else { throw .none }
        for (index, secret) in secrets.enumerated() where secret.utf8.count < Self.shortestSecret {
            throw .tooShort(position: index + 1)
        }
        keys = secrets.map { Derived(from: SymmetricKey(data: Array($0.utf8))) }
    }

    private init(_ key: Derived) { keys = [key] }

    /// Keys that nobody else has: for a gateway that runs alone.
    package static func random() -> FleetKeys { FleetKeys(Derived(from: SymmetricKey(size: .bits256))) }
}

extension FleetKeys {
    /// The ticket as a session id: AES-256-GCM, then base64url. Visible ASCII only, as MCP asks of a session id.
    package func seal(_ ticket: SessionTicket) -> String {
        Self.seal(ticket.bytes, with: keys[0].ticket)
    }

    /// The ticket inside a session id, or `nil` for anything that no key of this fleet sealed.
    package func open(_ sessionID: String) -> SessionTicket? {
        open(sessionID, with: \.ticket).flatMap(SessionTicket.init(bytes:))
    }

    /// A request state as the client carries it.
    package func seal(_ state: RequestState) -> String { Self.seal(state.bytes, with: keys[0].state) }

    /// The request state that a client brought back, or `nil` for anything that no key of this fleet sealed.
    package func openState(_ sealed: String) -> RequestState? {
        open(sealed, with: \.state).flatMap(RequestState.init(bytes:))
    }

    private static func seal(_ bytes: [UInt8], with key: SymmetricKey) -> String {
        do {
            let box = try AES.GCM.seal(bytes, using: key)
            return Base64URL.encode(Array(box.nonce) + Array(box.ciphertext) + Array(box.tag))
        } catch {
            preconditionFailure("AES-GCM seals any bytes with a 256-bit key")
        }
    }

    private func open(_ sealed: String, with path: KeyPath<Derived, SymmetricKey>) -> [UInt8]? {
        guard let bytes = Base64URL.decode(sealed) else { return nil }
        for key in keys {
            guard let box = try? AES.GCM.SealedBox(combined: bytes) else { return nil }  // too short to be one
            guard let opened = try? AES.GCM.open(box, using: key[keyPath: path]) else { continue }  // another key's
            return Array(opened)
        }
        return nil
    }
}

extension FleetKeys {
    /// How far two replicas' clocks may differ, in seconds.
    private static let clockTolerance: UInt64 = 60

    /// Proof that a request comes from a replica of this fleet: `time.mac`, where the MAC covers the time, the session
    /// id and the caller whom that replica checked, so that it serves for no other session or caller and not for long.
    package func hopProof(session: String, caller: String = "", now: UInt64) -> String {
        "\(now).\(Base64URL.encode(Array(Self.mac(session, caller, now, keys[0].hop))))"
    }

    /// Whether `proof` was made by a replica of this fleet, for this session and caller, within the last minute.
    package func isHopProof(_ proof: String, session: String, caller: String = "", now: UInt64) -> Bool {
        guard let (time, code) = Self.parts(of: proof), let mac = Base64URL.decode(String(code)) else { return false }
        guard Self.isFresh(time, now: now) else { return false }
        let signed = Self.signed(session, caller, time)
        return keys.contains { HMAC<SHA256>.isValidAuthenticationCode(mac, authenticating: signed, using: $0.hop) }
    }

    /// When a proof says that it was made.
    package static func time(of proof: String) -> UInt64? { parts(of: proof)?.time }

    /// Whether a proof that was made then is of the last minute.
    package static func isFresh(_ time: UInt64, now: UInt64) -> Bool {
        max(time, now) - min(time, now) <= clockTolerance
    }

    private static func parts(of proof: String) -> (time: UInt64, code: Substring)? {
        guard let dot = proof.utf8.firstIndex(of: UInt8(ascii: ".")), let time = UInt64(proof[..<dot]) else {
            return nil
        }
        // One spelling: "+7" is a number too, and nothing that a replica wrote.
        guard proof[..<dot] == String(time) else { return nil }
        return (time, proof[proof.index(after: dot)...])
    }

    private static func mac(
        _ session: String,
        _ caller: String,
        _ time: UInt64,
        _ key: SymmetricKey
    ) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: signed(session, caller, time), using: key)
    }

    /// Neither a session id nor a caller holds a line break: both are fields of a request.
    private static func signed(_ session: String, _ caller: String, _ time: UInt64) -> [UInt8] {
        Array("\(time)\n\(session)\n\(caller)".utf8)
    }
}
