import NIOHTTP1

/// What a browser must hear before a page may call the gateway and read its answers (Fetch Standard, CORS protocol).
enum CrossOrigin {
    private static let known: Set<String> = [
        "accept", "authorization", "content-type", "last-event-id", "mcp-method", "mcp-name", "mcp-protocol-version",
        "mcp-session-id", "traceparent", "tracestate", "x-api-key",
    ]

    /// Whether a browser asks whether its page may call.
    static func isPreflight(_ head: HTTPRequestHead) -> Bool {
        head.method == .OPTIONS && head.headers.contains(name: "origin")
            && head.headers.contains(name: "access-control-request-method")
    }

    /// What an answer to a page of an allowed origin carries.
    static func fields(for origin: String) -> HTTPHeaders {
        [
            "access-control-allow-origin": origin,
            "access-control-expose-headers": "Mcp-Session-Id, WWW-Authenticate, Retry-After, X-Request-Id",
            "vary": "Origin",
        ]
    }

    /// The answer to a preflight from an allowed origin. Of the fields that the page would send, the protocol's own are
    /// allowed, and none is where it names others only.
    static func preflightFields(for headers: HTTPHeaders, origin: String) -> HTTPHeaders {
        let asked = headers[canonicalForm: "access-control-request-headers"].map { $0.lowercased() }
        let allowed = asked.prefix(64).filter { known.contains($0) || $0.hasPrefix("mcp-param-") }
        var fields = Self.fields(for: origin)
        fields.add(name: "access-control-allow-methods", value: "GET, POST, DELETE")
        if !allowed.isEmpty { fields.add(name: "access-control-allow-headers", value: allowed.joined(separator: ", ")) }
        fields.add(name: "access-control-max-age", value: "7200")
        return fields
    }

    /// What anybody's page may read: documents that hold no secret.
    static let openFields: HTTPHeaders = [
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "*",
    ]
}
