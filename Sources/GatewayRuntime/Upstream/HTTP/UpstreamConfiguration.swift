/// What a gateway is told of the HTTP server beside it.
package struct UpstreamConfiguration: Sendable {
    package var address: UpstreamAddress
    /// The gateway's own credential for it.
    package var credential: UpstreamCredential?

    package init(address: UpstreamAddress, credential: UpstreamCredential? = nil) {
        self.address = address
        self.credential = credential
    }
}

/// A value of `Authorization` that is the gateway's own. It shows itself to nobody but the server it is for.
package struct UpstreamCredential: Sendable, CustomStringConvertible, CustomReflectable {
    let field: String

    /// `nil` for what can't stand in a header.
    package init?(_ field: String) {
        guard !field.isEmpty, field.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        self.field = field
    }

    package var description: String { "[redacted]" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
