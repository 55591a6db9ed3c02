/// Under which names the gateway may be called. A page whose own name was made to point at this machine (DNS rebinding)
/// sends that name as `Host`, and is told apart by it.
struct HostRule: Sendable {
    private struct Name {
        let host: String
        /// `nil`: any port.
        let port: String?
        /// `*.example.com`: every name below.
        let coversNamesBelow: Bool
    }

    static let loopback = ["localhost", "127.0.0.1", "[::1]"]

    private let names: [Name]
    /// Whether every name will do.
    private let isOpen: Bool

    /// `allowed`: names such as `mcp.example.com`, `*.example.com` or `localhost:8001`; `*` is every name. Without any, a
    /// gateway that only this machine can reach is called by this machine's names, and any other as one likes.
    init(allowed: [String], listensOnLoopback: Bool) {
        let allowed = allowed.isEmpty && listensOnLoopback ? Self.loopback : allowed
        isOpen = allowed.isEmpty || allowed.contains("*")
        names = allowed.map { name in
            let (host, port) = Self.split(name.lowercased())
            let isPattern = host.hasPrefix("*.")
            return Name(host: isPattern ? String(host.dropFirst()) : host, port: port, coversNamesBelow: isPattern)
        }
    }

    /// - Parameter given: the values of every `Host` field.
    func accepts(_ given: [String]) -> Bool {
        guard !isOpen else { return true }
        guard given.count == 1 else { return false }
        let (host, port) = Self.split(given[0].lowercased())
        return names.contains { name in
            guard name.port == nil || name.port == port else { return false }
            return name.coversNamesBelow ? host.hasSuffix(name.host) : host == name.host
        }
    }

    /// Host and port of `host`, `host:port`, `[v6]` or `[v6]:port`.
    private static func split(_ authority: String) -> (host: String, port: String?) {
        guard authority.last != "]", let colon = authority.lastIndex(of: ":") else { return (authority, nil) }
        return (String(authority[..<colon]), String(authority[authority.index(after: colon)...]))
    }
}
