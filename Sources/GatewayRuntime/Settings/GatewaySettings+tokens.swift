import ArgumentParser
import HTTPTransport

/// Reading whose tokens let callers in.
extension GatewaySettings {
    typealias PublicURL = (text: String, location: HTTPLocation)

    func tokenSettings(_ flags: DoorOptions, _ publicURL: PublicURL?) throws -> TokenSettings? {
        guard let issuer = try location(flags.jwtIssuer, "--jwt-issuer", "SLIPWAY_JWT_ISSUER") else {
            try refuseOrphans(flags)
            return nil
        }
        guard let publicURL else {
            throw ValidationError(
                "Tokens need --public-url, the URL that clients are given, as in https://mcp.example.com/mcp: "
                    + "it tells them where to sign in."
            )
        }
        let audiences = list(flags.jwtAudience, "--jwt-audience", "SLIPWAY_JWT_AUDIENCE")
        guard !audiences.isEmpty else {
            throw ValidationError(
                "Tokens need --jwt-audience, the audience that the issuer names for this server; most often it is "
                    + "\(publicURL.text)"
            )
        }
        let scopes = try scopes(flags)
        var settings = TokenSettings(
            issuer: issuer.text,
            issuerLocation: issuer.location,
            keys: try location(flags.jwksUrl, "--jwks-url", "SLIPWAY_JWKS_URL")?.location,
            audiences: audiences,
            scopes: scopes,
            resource: ProtectedResource(
                resource: publicURL.text,
                at: publicURL.location,
                issuer: issuer.text,
                scopes: scopes
            )
        )
        settings.algorithms = try algorithms(flags) ?? settings.algorithms
        settings.clockSkew =
            try number(flags.jwtSkew, "--jwt-skew", "SLIPWAY_JWT_SKEW", 0...300).map { UInt64($0) }
            ?? settings.clockSkew
        settings.trust = try trust(flags, for: settings)
        return settings
    }

    /// A setting for tokens without an issuer would leave the door open for everybody.
    private func refuseOrphans(_ flags: DoorOptions) throws {
        let given: [(String?, String, String)] = [
            (flags.jwtAudience, "--jwt-audience", "SLIPWAY_JWT_AUDIENCE"),
            (flags.jwtScopes, "--jwt-scopes", "SLIPWAY_JWT_SCOPES"),
            (flags.jwtAlgorithms, "--jwt-algorithms", "SLIPWAY_JWT_ALGORITHMS"),
            (flags.jwksUrl, "--jwks-url", "SLIPWAY_JWKS_URL"),
        ]
        for (flag, name, variable) in given {
            guard let place = text(flag, name, variable)?.place else { continue }
            throw ValidationError("\(place) says nothing without --jwt-issuer, the issuer whose tokens are meant.")
        }
    }

    /// A URL that may be fetched from, and the letters it was given in.
    func location(_ flag: String?, _ name: String, _ variable: String) throws -> PublicURL? {
        guard let given = text(flag, name, variable) else { return nil }
        guard let location = HTTPLocation(given.text), location.isSafe,
            !given.text.contains("?") || name == "--jwks-url"
        else {
            throw ValidationError(
                "\(given.place) is an https:// URL (http:// only for this machine), not '\(given.text)'."
            )
        }
        return (given.text, location)
    }

    private func scopes(_ flags: DoorOptions) throws -> [String] {
        let scopes = list(flags.jwtScopes, "--jwt-scopes", "SLIPWAY_JWT_SCOPES")
        // RFC 6749, 3.3: what a scope may be written with; anything else would break out of the challenge.
        let strange = scopes.first { !$0.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C } }
        if let strange { throw ValidationError("--jwt-scopes: '\(strange)' is no scope.") }
        return scopes
    }

    private func algorithms(_ flags: DoorOptions) throws -> Set<TokenAlgorithm>? {
        let names = list(flags.jwtAlgorithms, "--jwt-algorithms", "SLIPWAY_JWT_ALGORITHMS")
        guard !names.isEmpty else { return nil }
        return Set(
            try names.map { name in
                if let algorithm = TokenAlgorithm(rawValue: name) { return algorithm }
                let known = TokenAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--jwt-algorithms are some of \(known), not '\(name)'.")
            }
        )
    }

    private func trust(_ flags: DoorOptions, for settings: TokenSettings) throws -> ClientTrust? {
        guard (settings.keys ?? settings.issuerLocation).target.isSecure else { return nil }
        let file =
            text(flags.jwksCa, "--jwks-ca", "SLIPWAY_JWKS_CA")
            ?? environment["SSL_CERT_FILE"].map { ($0, "SSL_CERT_FILE") }
        do throws(ClientTrust.Refusal) {
            return try ClientTrust(authorities: file?.text)
        } catch {
            switch error {
            case .unreadable(let path):
                throw ValidationError("\(file?.place ?? "--jwks-ca"): '\(path)' is no PEM file with certificates.")
            case .unavailable(let reason): throw ValidationError("TLS can't be set up: \(reason)")
            }
        }
    }

    private func list(_ flag: String?, _ name: String, _ variable: String) -> [String] {
        text(flag, name, variable).map { Self.words($0.text) } ?? []
    }
}
