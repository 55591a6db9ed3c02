import NIOHTTP1

/// Which header fields pass between a client and the HTTP server beside the gateway. Everything passes but what speaks
/// of one connection, of who the client is, or of what the gateway keeps to itself.
enum UpstreamFields {
    /// Not for the server:
    /// - the client's credentials, which are not to be passed on (MCP 2026-07-28, Authorization);
    /// - `Origin`, which was judged at the door, and `Host`: servers refuse names they don't know;
    /// - the session's id, which is ours;
    /// - `Accept-Encoding`: a compressed stream takes no comments, and the way is short;
    /// - cookies: the balancer's are not the server's, and the next call may reach another server.
    private static let clientOnly: Set<String> = [
        "authorization", "proxy-authorization", "origin", "host", "mcp-session-id", "accept-encoding", "cookie",
        "content-length",
    ]
    /// Not for the client: the server's id for the session, and what asks for the gateway's own credentials.
    private static let serverOnly: Set<String> = [
        "mcp-session-id", "set-cookie", "www-authenticate", "proxy-authenticate",
    ]
    /// Of one connection only (RFC 9110, 7.6.1).
    private static let hopByHop: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect",
    ]

    /// A request's fields as the server shall see them.
    static func request(
        _ client: HTTPHeaders,
        to address: UpstreamAddress,
        session: String?,
        credential: UpstreamCredential?
    ) -> HTTPHeaders {
        var fields = HTTPHeaders()
        fields.reserveCapacity(client.count + 3)
        fields.add(name: "host", value: address.authority)
        pass(client, into: &fields, but: clientOnly)
        if let session, !session.isEmpty { fields.add(name: "mcp-session-id", value: session) }
        if let credential { fields.add(name: "authorization", value: credential.field) }
        return fields
    }

    /// A response's fields as the client shall see them. The length is the transport's to say.
    static func response(_ server: HTTPHeaders) -> HTTPHeaders {
        var fields = HTTPHeaders()
        fields.reserveCapacity(server.count + 1)
        pass(server, into: &fields, but: serverOnly)
        return fields
    }

    private static func pass(_ from: HTTPHeaders, into fields: inout HTTPHeaders, but withheld: Set<String>) {
        let connection = from[canonicalForm: "connection"].map { $0.lowercased() }
        for (name, value) in from {
            let key = name.lowercased()
            guard !withheld.contains(key), !hopByHop.contains(key), !key.hasPrefix("slipway-") else { continue }
            // A sender that names an end-to-end field there may not unframe what is passed on.
            guard !connection.contains(key) || key == "content-length" else { continue }
            fields.add(name: name, value: value)
        }
    }
}
