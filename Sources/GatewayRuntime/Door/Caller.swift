import Crypto
import MCPWire

/// Whom a request comes from, as far as the gateway was asked to find out. Sessions are bound to it.
struct Caller: Equatable, Sendable {
    /// A digest of the authenticated principal; empty where nobody signs in.
    let principal: [UInt8]

    /// Where nobody is asked who they are.
    static let anybody = Caller(principal: [])

    init(principal: [UInt8]) { self.principal = principal }

    /// The holder of a named key. The name counts, not the key: a key can be replaced without ending a session.
    init(keyName: String) { self.init("key", [keyName]) }

    /// The subject of an issuer's tokens. Not the token: the next one is the same caller's.
    init(issuer: String, subject: String) { self.init("subject", [issuer, subject]) }

    /// A client of an issuer that acts for nobody but itself.
    init(issuer: String, client: String) { self.init("client", [issuer, client]) }

    private init(_ kind: String, _ parts: [String]) {
        var hash = SHA256()
        // Each part with its length, or parts that are cut differently would be one caller.
        for part in [kind] + parts {
            hash.update(data: Array("\(part.utf8.count):".utf8))
            hash.update(data: Array(part.utf8))
        }
        principal = Array(hash.finalize())
    }
}

/// The caller as one replica tells another.
extension Caller {
    /// Empty where nobody signs in.
    var hopField: String { Base64URL.encode(principal) }

    /// `nil` for what no replica writes.
    init?(hopField: String) {
        guard let principal = Base64URL.decode(hopField) else { return nil }
        self.init(principal: principal)
    }
}
