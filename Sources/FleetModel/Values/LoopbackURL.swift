/// An `http` address that never leaves the machine.
package struct LoopbackURL {
    package let port: Int
    private let text: String
    private let hostEnd: Int
    private let authorityEnd: Int

    /// nil for another scheme or host, for a user and password in the address, and for anything misshapen.
    package init?(_ text: String) {
        let scheme = "http://"
        guard text.lowercased().hasPrefix(scheme), text.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) })
        else { return nil }
        let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host: Substring
        if authority.hasPrefix("[::1]") {
            host = authority.prefix("[::1]".count)
        } else {
            host = authority.prefix { $0 != ":" }
            guard host.lowercased() == "localhost" || Self.isLoopbackAddress(host) else { return nil }
        }
        let rest = authority.dropFirst(host.count)
        self.text = text
        hostEnd = scheme.count + host.count
        authorityEnd = scheme.count + authority.count
        guard !rest.isEmpty else {
            port = 80
            return
        }
        guard rest.first == ":", rest.dropFirst().allSatisfy(\.isASCIIDigit), let port = Int(rest.dropFirst()),
            (1...65535).contains(port)
        else { return nil }
        self.port = port
    }

    /// The same address at another port.
    package func moved(to port: Int) -> String { "\(text.prefix(hostEnd)):\(port)\(text.dropFirst(authorityEnd))" }

    /// The path without a query; `/` for an address that names only a server.
    package var path: String {
        let path = text.dropFirst(authorityEnd).prefix { $0 != "?" && $0 != "#" }
        return path.isEmpty ? "/" : String(path)
    }

    /// 127.0.0.0/8 (RFC 1122, 3.2.1.3).
    private static func isLoopbackAddress(_ host: Substring) -> Bool {
        CIDRBlock("\(host)/32").map { $0.first >> 24 == 127 } ?? false
    }
}
