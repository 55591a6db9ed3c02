/// What a modern client carries from an answer that asks for input to the retry that gives it (MCP 2026-07-28,
/// patterns/mrtr): which replica can go on, and how. Sealed by `FleetKeys`, a client can neither read nor change it.
package struct RequestState: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// A call that waits on the replica, named by 16 random bytes.
        case waiting(SessionUID)
        /// What the MCP server itself gave.
        case server(String)
    }

    /// The replica's address as its peers reach it, `host:port`.
    package let replica: String
    /// Seconds since 1970.
    package let issuedAt: UInt64
    /// Whom the request belongs to: a digest of the authenticated principal, empty where nobody signs in.
    package let principal: [UInt8]
    package let content: Content

    package init(replica: String, issuedAt: UInt64, principal: [UInt8], content: Content) {
        self.replica = replica
        self.issuedAt = issuedAt
        self.principal = principal
        self.content = content
    }

    private static let format: UInt8 = 1

    /// A format byte, the kind, the time in big-endian order, the replica and the principal with their lengths in one
    /// byte each, then the content.
    var bytes: [UInt8] {
        let replica = Array(self.replica.utf8.prefix(255))
        let head: [UInt8] =
            Self.number(issuedAt) + [UInt8(replica.count)] + replica + [UInt8(clamping: principal.count)]
            + principal.prefix(255)
        switch content {
        case .waiting(let uid): return [Self.format, 0] + head + Self.number(uid.high) + Self.number(uid.low)
        case .server(let text): return [Self.format, 1] + head + Array(text.utf8)
        }
    }

    init?(bytes: [UInt8]) {
        var rest = bytes[...]
        func number() -> UInt64? {
            guard rest.count >= 8 else { return nil }
            defer { rest = rest.dropFirst(8) }
            return rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        func field() -> [UInt8]? {
            guard let length = rest.popFirst(), rest.count >= Int(length) else { return nil }
            defer { rest = rest.dropFirst(Int(length)) }
            return Array(rest.prefix(Int(length)))
        }
        guard rest.popFirst() == Self.format, let kind = rest.popFirst(), let issuedAt = number() else { return nil }
        guard let replica = field(), let principal = field() else { return nil }
        self.replica = String(decoding: replica, as: UTF8.self)
        self.issuedAt = issuedAt
        self.principal = principal
        switch kind {
        case 0:
            guard let high = number(), let low = number(), rest.isEmpty else { return nil }
            content = .waiting(SessionUID(high: high, low: low))
        case 1: content = .server(String(decoding: rest, as: UTF8.self))
        default: return nil
        }
    }

    private static func number(_ value: UInt64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
