import ArgumentParser

/// The flags of the door: who may come in, and how often.
struct DoorOptions: ParsableArguments {
    @Option(
        help: """
            File with the keys that let callers in, a line name:key or name:sha256:DIGEST each \
            (SLIPWAY_API_KEYS_FILE); or SLIPWAY_API_KEYS=name:key,name:key
            """
    )
    var apiKeysFile: String?

    @Option(help: "Issuer whose access tokens (JWT) let callers in (SLIPWAY_JWT_ISSUER)")
    var jwtIssuer: String?

    @Option(help: "Audience that a token must name, most often the public URL; comma-separated (SLIPWAY_JWT_AUDIENCE)")
    var jwtAudience: String?

    @Option(help: "Scopes that a token must have, all of them (SLIPWAY_JWT_SCOPES)")
    var jwtScopes: String?

    @Option(
        help: "Algorithms a token may be signed with (SLIPWAY_JWT_ALGORITHMS). Default: RS*, PS*, ES* and EdDSA")
    var jwtAlgorithms: String?

    @Option(help: "Seconds that the issuer's clock may differ (SLIPWAY_JWT_SKEW). Default: 30")
    var jwtSkew: Int?

    @Option(help: "Where the issuer publishes its keys (SLIPWAY_JWKS_URL). Default: where the issuer's metadata says")
    var jwksUrl: String?

    @Option(
        help: """
            PEM file with the authorities to believe when keys are fetched (SLIPWAY_JWKS_CA, SSL_CERT_FILE). \
            Default: the system's
            """
    )
    var jwksCa: String?

    @Option(help: "The URL that clients are given, as in https://mcp.example.com/mcp (SLIPWAY_PUBLIC_URL)")
    var publicUrl: String?

    @Option(
        help: """
            Name under which the server may be called; repeatable (SLIPWAY_ALLOW_HOST, comma-separated). Default: \
            this machine's names while only this machine can call, otherwise any
            """
    )
    var allowHost: [String] = []

    @Option(help: "Requests of one caller, as in 600/min (SLIPWAY_RATE). Default: no limit")
    var rate: String?

    @Flag(
        help: "The last entry of X-Forwarded-For is the client: a balancer wrote it (SLIPWAY_TRUST_FORWARDED=1)")
    var trustForwarded = false
}
