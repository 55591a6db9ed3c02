import HTTPTransport

/// Where an MCP server that speaks HTTP itself is: `http://host:port/path`.
package struct UpstreamAddress: Hashable, Sendable, CustomStringConvertible {
    package let target: HTTPTarget
    /// Path and query, as a request names them.
    let uri: String
    /// What requests say in `Host`: servers compare it with the addresses they know (against DNS rebinding).
    let authority: String

    /// `nil` for another scheme, for a user and password in the address, and for anything misshapen.
    package init?(_ text: String) {
        let scheme = "http://"
        guard text.lowercased().hasPrefix(scheme), text.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) })
        else { return nil }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let place = rest.dropFirst(authority.count).prefix { $0 != "#" }
        guard let target = HTTPTarget(String(authority)) ?? HTTPTarget("\(authority):80") else { return nil }
        self.target = target
        self.authority = String(authority)
        uri = place.hasPrefix("/") ? String(place) : "/\(place)"
    }

    package var description: String { "http://\(authority)\(uri)" }
}
