/// What a client must do to be let in: one `WWW-Authenticate: Bearer` (RFC 6750, section 3; RFC 9728, section 5.1). One
/// challenge only, since clients read the first parameter of a name, whichever challenge it stands in.
struct Challenge: Equatable, Sendable {
    enum Fault: String, Sendable {
        case malformed = "invalid_request"
        case invalidToken = "invalid_token"
        case insufficientScope = "insufficient_scope"
    }

    /// Where the resource's metadata is; `nil` where nobody gives out tokens.
    var metadata: String?
    /// Every scope that is needed.
    var scopes: [String] = []
    /// `nil` where no credentials were given.
    var fault: Fault?
    /// For the client's author. Plain ASCII without quotes.
    var explanation: String?

    func with(_ fault: Fault, _ explanation: String) -> Challenge {
        Challenge(metadata: metadata, scopes: scopes, fault: fault, explanation: explanation)
    }

    var field: String {
        let scope = scopes.isEmpty ? nil : scopes.joined(separator: " ")
        let parameters = [
            ("error", fault?.rawValue), ("resource_metadata", metadata), ("scope", scope),
            ("error_description", explanation),
        ]
        let written = parameters.compactMap { name, value in value.map { "\(name)=\"\($0)\"" } }
        return written.isEmpty ? "Bearer" : "Bearer " + written.joined(separator: ", ")
    }
}
