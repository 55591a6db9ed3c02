import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// What tells a client where to sign in: the protected resource metadata of RFC 9728. Built from the configured public
/// URL alone: what a request says about its host would let anybody point clients elsewhere.
package struct ProtectedResource: Sendable {
    private static let root = "/.well-known/oauth-protected-resource"

    let document: ByteBuffer
    /// Where the document is served: the root form, and the form with the resource's own path (RFC 9728, 3.1).
    let paths: Set<String>
    /// What a challenge names.
    let url: String

    /// `resource` is given back letter by letter: clients compare it with the URL they were given.
    init(resource: String, at location: HTTPLocation, issuer: String, scopes: [String]) {
        let path = Self.root + location.plainPath
        paths = [Self.root, path]
        url = location.origin + path
        let supported = scopes.map(JSONText.quoted).joined(separator: ",")
        document = ByteBuffer(
            string: """
                {"resource":\(JSONText.quoted(resource)),"authorization_servers":[\(JSONText.quoted(issuer))],\
                \(supported.isEmpty ? "" : "\"scopes_supported\":[\(supported)],")"bearer_methods_supported":["header"]}

                """
        )
    }

    /// Answers a request for the document, whoever asks.
    func answer(_ exchange: HTTPExchange) {
        exchange.discardBody()
        exchange.standingFields = CrossOrigin.openFields
        switch exchange.head.method {
        case .GET, .HEAD:
            exchange.respond(
                .ok,
                ["content-type": "application/json", "cache-control": "public, max-age=300"],
                body: document
            )
        case .OPTIONS: exchange.respond(.noContent)
        default: exchange.refuse(.methodNotAllowed(allow: "GET"))
        }
    }
}
