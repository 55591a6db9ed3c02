/// What a legacy `Mcp-Session-Id` says to a replica that never saw the session: who owns it, and how to begin it
/// anew when the owner is gone. Sealed by `FleetKeys`, a client can neither read nor change it.
package struct SessionTicket: Equatable, Sendable {
    /// Initialize parameters over this size do not travel in the ticket: a header holds some 16 KiB at the
    /// balancer, and the ticket comes back with every request.
    package static let largestParameters = 6 * 1024

    /// The owner's address as its peers reach it, `host:port`.
    package var owner: String
    /// 16 random bytes that name the session for as long as the ticket lives.
    package var session: SessionUID
    /// Seconds since 1970 at which the session began.
    package var issuedAt: UInt64
    /// Whom the session belongs to: a digest of the authenticated principal, empty where nobody signs in.
    package var principal: [UInt8]
    /// The revision that was negotiated.
    package var protocolVersion: String
    /// The session id that an HTTP upstream gave, where the upstream is one.
    package var upstreamSession: String?
    /// The client's own `initialize` parameters as JSON; `nil` where they were too large to travel.
    package var initializeParameters: [UInt8]?

    package init(
        owner: String,
        session: SessionUID,
        issuedAt: UInt64,
        principal: [UInt8] = [],
        protocolVersion: String,
        upstreamSession: String? = nil,
        initializeParameters: [UInt8]?
    ) {
        self.owner = owner
        self.session = session
        self.issuedAt = issuedAt
        self.principal = principal
        self.protocolVersion = protocolVersion
        self.upstreamSession = upstreamSession
        self.initializeParameters = initializeParameters
    }
}

/// 16 random bytes that name a session.
package struct SessionUID: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package static func random() -> SessionUID {
        var source = SystemRandomNumberGenerator()
        return SessionUID(high: source.next(), low: source.next())
    }

    /// 32 hexadecimal digits.
    package var digits: String { Self.padded(high) + Self.padded(low) }

    /// Reads what `digits` wrote.
    package init?(digits: Substring) {
        guard digits.utf8.count == 32, let high = UInt64(digits.prefix(16), radix: 16) else { return nil }
        guard let low = UInt64(digits.suffix(16), radix: 16) else { return nil }
        self.init(high: high, low: low)
    }

    private static func padded(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Eight hexadecimal digits for the log: enough to follow a session, useless to anybody else.
    package var short: String {
        // Every line of the request log bears it.
        String(unsafeUninitializedCapacity: 8) { digits in
            for place in 0..<8 {
                let digit = UInt8(truncatingIfNeeded: high >> (60 - 4 * UInt64(place))) & 15
                digits[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return 8
        }
    }
}
