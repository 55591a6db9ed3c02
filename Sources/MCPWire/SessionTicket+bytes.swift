/// The ticket's layout before it is sealed: a format byte, the fixed fields in big-endian order, then each text
/// with its length in two bytes (0xFFFF: absent).
extension SessionTicket {
    private static let format: UInt8 = 1
    private static let absent = UInt16.max

    var bytes: [UInt8] {
        var out: [UInt8] = [Self.format]
        for number in [session.high, session.low, issuedAt] {
            for shift in stride(from: 56, through: 0, by: -8) { out.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        for field in [
            Array(owner.utf8), principal, Array(protocolVersion.utf8), upstreamSession.map { Array($0.utf8) },
            initializeParameters,
        ] as [[UInt8]?] {
            let length = field.map { UInt16(clamping: min($0.count, Int(Self.absent) - 1)) } ?? Self.absent
            out.append(UInt8(length >> 8))
            out.append(UInt8(length & 0xFF))
            out.append(contentsOf: (field ?? []).prefix(Int(length)))
        }
        return out
    }

    init?(bytes: [UInt8]) {
        var rest = bytes[...]
        func number() -> UInt64? {
            guard rest.count >= 8 else { return nil }
            defer { rest = rest.dropFirst(8) }
            return rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        func field() -> [UInt8]?? {
            guard rest.count >= 2 else { return .none }
            let length = rest.prefix(2).reduce(0) { $0 << 8 | UInt16($1) }
            rest = rest.dropFirst(2)
            guard length != Self.absent else { return .some(nil) }
            guard rest.count >= Int(length) else { return .none }
            defer { rest = rest.dropFirst(Int(length)) }
            return Array(rest.prefix(Int(length)))
        }
        func text() -> String? { field().flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) } }

        guard rest.popFirst() == Self.format else { return nil }
        guard let high = number(), let low = number(), let issuedAt = number() else { return nil }
        guard let owner = text(), let principal = field() ?? nil, let version = text() else { return nil }
        guard let upstream = field(), let parameters = field(), rest.isEmpty else { return nil }
        self.init(
            owner: owner,
            session: SessionUID(high: high, low: low),
            issuedAt: issuedAt,
            principal: principal,
            protocolVersion: version,
            upstreamSession: upstream.map { String(decoding: $0, as: UTF8.self) },
            initializeParameters: parameters
        )
    }
}
