/// Which web pages may call the gateway (MCP 2025-11-25, Streamable HTTP, security warning): a request without an
/// `Origin` comes from no page and passes; a page passes when it is named, or when it was served from this machine
/// and the gateway listens to this machine only.
package struct OriginRule: Sendable {
    private let allowed: Set<String>
    private let allowsLoopback: Bool

    /// `allowed`: origins such as `https://app.example.com`; `*` allows every page.
    package init(allowed: [String], listensOnLoopback: Bool) {
        self.allowed = Set(allowed.map { $0.lowercased() })
        self.allowsLoopback = listensOnLoopback
    }

    package func accepts(_ origin: String?) -> Bool {
        guard let origin = origin?.lowercased() else { return true }
        if allowed.contains(origin) || allowed.contains("*") { return true }
        return allowsLoopback && Self.isLoopback(origin)
    }

    private static func isLoopback(_ origin: String) -> Bool {
        guard let scheme = origin.firstRange(of: "://") else { return false }
        let authority = origin[scheme.upperBound...]
        return ["localhost", "127.0.0.1", "[::1]"].contains { host in
            guard authority.hasPrefix(host) else { return false }
            let rest = authority.dropFirst(host.count)
            return rest.isEmpty || rest.first == ":" && rest.dropFirst().allSatisfy(\.isNumber)
        }
    }
}
