import HTTPTransport
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

    /// For each first letter a bit for every second letter that follows it in one of them: most fields are told apart by
    /// these two. A sign counts as some letter.
    private static let beginnings: [UInt32] = (names + prefixes).reduce(into: Array(repeating: 0, count: 32)) {
        let (first, second) = beginning(of: $1.utf8)
        $0[first] |= 1 << UInt32(second)
    }

    private static func beginning(of name: String.UTF8View) -> (first: Int, second: Int) {
        guard name.count >= 2 else { return (0, 0) }
        func place(_ byte: UInt8) -> Int { Int((byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte) & 31) }
        return (place(name[name.startIndex]), place(name[name.index(after: name.startIndex)]))
    }

    static func contains(_ name: String) -> Bool {
        let (first, second) = beginning(of: name.utf8)
        guard beginnings[first] >> UInt32(second) & 1 == 1 else { return false }
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
        if contains(where: { PrivateFields.contains($0.name) }) {
            for name in Set(lazy.map(\.name).filter(PrivateFields.contains)) { remove(name: name) }
        }
        guard value("cookie") != nil else { return }
        let given = self["cookie"]
        let kept = given.flatMap { $0.split(separator: ";") }.filter { !PrivateFields.containsCookie($0) }
        remove(name: "cookie")
        if !kept.isEmpty { add(name: "cookie", value: kept.joined(separator: ";")) }
    }
}
