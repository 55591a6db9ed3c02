/// Whether a token whose signature is good lets its holder in. Pure.
struct TokenRules {
    enum Verdict: Equatable {
        /// `until`: seconds since 1970 at which the token ends.
        case accepted(Caller, until: UInt64)
        /// Signed in, but not for this.
        case lacksScope(until: UInt64)
        /// The words are for the client's author.
        case refused(String)
    }

    let issuer: String
    let audiences: [String]
    let scopes: [String]
    /// Seconds.
    let clockSkew: UInt64

    init(_ settings: TokenSettings) {
        issuer = settings.issuer
        audiences = settings.audiences
        scopes = settings.scopes
        clockSkew = settings.clockSkew
    }

    /// `now`: seconds since 1970.
    func judge(_ claims: TokenClaims, now: UInt64) -> Verdict {
        guard claims.issuer == issuer else { return .refused("The token is from another issuer.") }
        guard claims.audience?.all.contains(where: audiences.contains) ?? false else {
            return .refused("The token is for another audience.")
        }
        guard let end = Self.seconds(claims.expires) else { return .refused("The token has no end (exp).") }
        guard now < end + clockSkew else { return .refused("The token has expired.") }
        if claims.notBefore != nil {
            guard let start = Self.seconds(claims.notBefore), start <= now + clockSkew else {
                return .refused("The token is not valid yet.")
            }
        }
        guard let caller = caller(claims) else { return .refused("The token names no subject (sub).") }
        guard claims.scopes.isSuperset(of: scopes) else { return .lacksScope(until: end) }
        return .accepted(caller, until: end)
    }

    /// A client that acts for itself may have no subject of its own.
    private func caller(_ claims: TokenClaims) -> Caller? {
        if let subject = claims.subject, !subject.isEmpty { return Caller(issuer: issuer, subject: subject) }
        if let client = claims.client, !client.isEmpty { return Caller(issuer: issuer, client: client) }
        return nil
    }

    /// `nil` for what is no time between 1970 and the year 10000.
    private static func seconds(_ time: Double?) -> UInt64? {
        guard let time, time >= 0, time < 253_402_300_800 else { return nil }
        return UInt64(time)
    }
}
