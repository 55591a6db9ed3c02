import NIOHTTP1

/// What a request shows to be let in. Only fields count: a token in the query would stand in every log on the way (RFC
/// 9700, 4.3.2).
enum PresentedCredential: Equatable {
    case nothing
    case secret(String)
    /// Two readers could see different credentials, or there is nothing to see. The words say what is wrong.
    case malformed(String)

    /// `readsKeyField`: whether `X-API-Key` is looked at.
    init(_ headers: HTTPHeaders, readsKeyField: Bool) {
        let authorizations = headers["authorization"]
        let keys = readsKeyField ? headers["x-api-key"] : []
        guard authorizations.count <= 1, keys.count <= 1 else {
            self = .malformed("Credentials are given twice.")
            return
        }
        let bearer = authorizations.first.map(Self.bearer) ?? .nothing
        guard let key = keys.first else {
            self = bearer
            return
        }
        let shown: PresentedCredential = Self.isSecret(key) ? .secret(key) : .malformed("X-API-Key holds no key.")
        self = bearer == .nothing ? shown : .malformed("Authorization and X-API-Key are both given.")
    }

    /// Another scheme is as good as nothing: the challenge says which one to use.
    private static func bearer(_ field: String) -> PresentedCredential {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.first?.lowercased() == "bearer" else { return .nothing }
        guard parts.count == 2 else { return .malformed("Authorization: Bearer has no token.") }
        let token = parts[1].drop { $0 == " " }
        return isSecret(token) ? .secret(String(token)) : .malformed("The bearer token has characters of no token.")
    }

    /// Visible ASCII without what separates fields.
    private static func isSecret(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"")
            }
    }
}
