import NIOHTTP1

/// Request fields that end at the gateway: what a client signs in with, and what a proxy would say about who it is.
/// Behind the gateway they could only be believed wrongly. A name counts with `_` for `-` too: servers that read fields
/// as variables can't tell the two apart.
enum PrivateFields {
    private static let names: Set<String> = [
        "authorization", "proxy-authorization", "x-api-key",
        "x-forwarded-user", "x-forwarded-email", "x-forwarded-groups", "x-forwarded-preferred-username",
        "x-forwarded-access-token", "x-remote-user", "x-remote-email", "x-remote-groups",
        "remote-user", "remote-email", "remote-groups", "remote-name", "x-client-cert", "x-forwarded-client-cert",
    ]

    private static let prefixes = [
        "x-auth-request-", "x-amzn-oidc-", "x-amzn-mtls-", "x-user-", "x-authenticated-", "x-webauth-",
        "x-goog-authenticated-user-", "x-goog-iap-", "x-ms-client-principal", "x-ms-token-", "cf-access-",
        "tailscale-user-", "x-authentik-", "x-pomerium-", "x-vouch-", "x-consumer-", "x-credential-", "x-ssl-client-",
        "impersonate-", "slipway-hop",
    ]

    /// Cookies that a balancer or a proxy made when somebody signed in there.
    private static let cookies = [
        "awselbauthsessioncookie", "_oauth2_proxy", "cf_authorization", "gcp_iaap_auth_token",
    ]

    /// The first two letters of all of them; most fields are told apart by theirs.
    private static let beginnings = Set((names + prefixes).map { beginning(of: $0.utf8) })

    private static func beginning(of name: some Sequence<UInt8>) -> UInt16 {
        name.prefix(2).reduce(0) { $0 << 8 | UInt16($1 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $1 | 0x20) }
    }

    static func contains(_ name: String) -> Bool {
        guard beginnings.contains(beginning(of: name.utf8)) else { return false }
        let plain = String(decoding: name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
            .lowercased()
        return names.contains(plain) || prefixes.contains { plain.hasPrefix($0) }
    }

    static func containsCookie(_ pair: some StringProtocol) -> Bool {
        let name = pair.drop { $0 == " " }.lowercased()
        return cookies.contains { name.hasPrefix($0) }
    }
}

extension HTTPHeaders {
    /// Removes what must not go on to a server or to another replica.
    mutating func removePrivateFields() {
        for name in Set(lazy.map(\.name).filter(PrivateFields.contains)) { remove(name: name) }
        guard contains(name: "cookie") else { return }
        let given = self["cookie"]
        let kept = given.flatMap { $0.split(separator: ";") }.filter { !PrivateFields.containsCookie($0) }
        remove(name: "cookie")
        if !kept.isEmpty { add(name: "cookie", value: kept.joined(separator: ";")) }
    }
}
