/// An `http` or `https` URL with nothing in it that has no place in a request: no user, no fragment.
package struct HTTPLocation: Hashable, Sendable {
    package let target: HTTPTarget
    /// As the URL writes it: `mcp.example.com`, `127.0.0.1:8001`.
    package let authority: String
    /// Path and query, as in a request line.
    package let path: String

    package init?(_ text: String) {
        guard let scheme = text.firstRange(of: "://"), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        let isSecure: Bool
        switch text[..<scheme.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        let rest = text[scheme.upperBound...]
        let end = rest.firstIndex { "/?".contains($0) } ?? rest.endIndex
        let authority = String(rest[..<end])
        let hasPort = authority.last != "]" && authority.contains(":")
        guard !rest.contains(where: { "#\\\"<>^`{|}".contains($0) }), !authority.contains("@"),
            let target = HTTPTarget(hasPort ? authority : "\(authority):\(isSecure ? 443 : 80)")
        else { return nil }
        self.target = HTTPTarget(host: target.host, port: target.port, isSecure: isSecure)
        self.authority = authority
        path = rest[end...].first == "/" ? String(rest[end...]) : "/" + rest[end...]
    }

    private init(_ other: HTTPLocation, path: String) {
        target = other.target
        authority = other.authority
        self.path = path
    }

    /// Another path on the same server.
    package func at(_ path: String) -> HTTPLocation { HTTPLocation(self, path: path) }

    /// The path without its query; empty for a URL that names only a server.
    package var plainPath: Substring {
        let plain = path.prefix { $0 != "?" }
        return plain == "/" ? "" : plain
    }

    /// `https://mcp.example.com`
    package var origin: String { (target.isSecure ? "https://" : "http://") + authority }

    /// Whether nobody but this machine is asked.
    package var isLoopback: Bool { ["localhost", "127.0.0.1", "::1"].contains(target.host.lowercased()) }

    /// Whether nobody between can read or change what is fetched.
    package var isSafe: Bool { target.isSecure || isLoopback }
}

extension HTTPLocation: CustomStringConvertible {
    package var description: String { origin + path }
}
