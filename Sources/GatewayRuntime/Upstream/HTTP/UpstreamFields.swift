import HTTPTransport
import NIOHTTP1

/// Which header fields pass between a client and the HTTP server beside the gateway. Everything passes but what speaks
/// of one connection, of who the client is, or of what the gateway keeps to itself.
enum UpstreamFields {
    /// Not for the server:
    /// - the client's credentials, which are not to be passed on (MCP 2026-07-28, Authorization);
    /// - `Origin`, which was judged at the door, and `Host`: servers refuse names they don't know;
    /// - the session's id, which is ours;
    /// - `Accept-Encoding`: a compressed stream takes no comments, and the way is short;
    /// - cookies: the balancer's are not the server's, and the next call may reach another server;
    /// - the length, which whoever sends the body says.
    private static let clientOnly = FieldNames(
        FieldNames.hopByHop + [
            "authorization", "proxy-authorization", "origin", "host", "mcp-session-id", "accept-encoding", "cookie",
            "content-length",
        ]
    )
    /// Not for the client: the server's id for the session, and what asks for the gateway's own credentials.
    private static let serverOnly = FieldNames(
        FieldNames.hopByHop + ["mcp-session-id", "set-cookie", "www-authenticate", "proxy-authenticate"]
    )
    /// What replicas say to each other.
    private static let ownPrefix = "slipway-"

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
        pass(client, into: &fields, but: clientOnly, hidesCaller: true)
        if let session, !session.isEmpty { fields.add(name: "mcp-session-id", value: session) }
        if let credential { fields.add(name: "authorization", value: credential.field) }
        return fields
    }

    /// A response's fields as the client shall see them.
    static func response(_ server: HTTPHeaders) -> HTTPHeaders {
        var fields = HTTPHeaders()
        fields.reserveCapacity(server.count + 1)
        pass(server, into: &fields, but: serverOnly)
        return fields
    }

    private static func isOurs(_ name: String) -> Bool {
        guard let first = name.utf8.first, first | 0x20 == UInt8(ascii: "s") else { return false }
        return name.utf8.prefix(ownPrefix.utf8.count).elementsEqual(ownPrefix.utf8) { $0 | 0x20 == $1 }
    }

    /// - Parameter hidesCaller: whether what says who calls is withheld too.
    private static func pass(
        _ from: HTTPHeaders,
        into fields: inout HTTPHeaders,
        but withheld: FieldNames,
        hidesCaller: Bool = false
    ) {
        var isNamingFields = false
        for (name, value) in from {
            if withheld.contains(name) {
                // The usual words name no field.
                if name.utf8.count == 10, value != "keep-alive", value != "close" { isNamingFields = true }
            } else if hidesCaller, PrivateFields.contains(name) {
                continue
            } else if !isOurs(name) {
                fields.add(name: name, value: value)
            }
        }
        guard isNamingFields else { return }
        // A sender that names an end-to-end field there may not unframe or redirect what is passed on.
        for name in from[canonicalForm: "connection"] where !["host", "content-length"].contains(name.lowercased()) {
            fields.remove(name: String(name))
        }
    }
}
