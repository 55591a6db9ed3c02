/// Where a request goes: a host (name or address) and a port, with TLS or without.
package struct HTTPTarget: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: Int
    package let isSecure: Bool
    /// The name that TLS asks for and verifies, where it is another than `host`.
    package let name: String?

    package init(host: String, port: Int, isSecure: Bool = false, name: String? = nil) {
        self.host = host
        self.port = port
        self.isSecure = isSecure
        self.name = name
    }

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

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
