/// Where a request goes: a host (name or address) and a port, with TLS or without.
package struct HTTPTarget: Sendable, CustomStringConvertible {
    /// Shared, because a forwarded call passes its target through a dozen hands.
    private final class Parts: Sendable {
        let host: String
        let port: Int
        let isSecure: Bool
        let name: String?
        let description: String

        init(host: String, port: Int, isSecure: Bool, name: String?) {
            self.host = host
            self.port = port
            self.isSecure = isSecure
            self.name = name
            description = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    private let parts: Parts

    package init(host: String, port: Int, isSecure: Bool = false, name: String? = nil) {
        parts = Parts(host: host, port: port, isSecure: isSecure, name: name)
    }

    package var host: String { parts.host }
    package var port: Int { parts.port }
    package var isSecure: Bool { parts.isSecure }
    /// The name that TLS asks for and verifies, where it is another than `host`.
    package var name: String? { parts.name }
    /// Host and port, as a URL writes them.
    package var description: String { parts.description }

    /// Reads `host:port` or `[v6 address]:port`, and nothing that could be read in two ways.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.allSatisfy(\.isWholeNumber), let port = Int(digits), (1...65535).contains(port) else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = host.dropFirst().dropLast()
            guard address.contains(":"), address.allSatisfy({ $0.isHexDigit || ":.%".contains($0) }) else { return nil }
            self.init(host: String(address), port: port)
        } else {
            let isName = host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
            guard !host.isEmpty, isName else { return nil }
            self.init(host: String(host), port: port)
        }
    }
}

extension HTTPTarget: Hashable {
    package static func == (one: HTTPTarget, other: HTTPTarget) -> Bool {
        if one.parts === other.parts { return true }
        return one.description == other.description && one.isSecure == other.isSecure && one.name == other.name
    }

    /// Host and port tell nearly all apart.
    package func hash(into hasher: inout Hasher) { hasher.combine(parts.description) }
}
