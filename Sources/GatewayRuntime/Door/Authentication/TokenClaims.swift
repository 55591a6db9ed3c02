import JWTKit

/// What a token says, once its signature was found good (JWT, RFC 7519; access tokens, RFC 9068).
struct TokenClaims: JWTPayload, Equatable {
    /// A text, or a list of them.
    struct Texts: Codable, Equatable, Sendable {
        let all: [String]

        init(_ all: [String]) { self.all = all }

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            do {
                all = [try value.decode(String.self)]
            } catch {
                all = try value.decode([String].self)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var value = encoder.singleValueContainer()
            try value.encode(all)
        }

        /// The words of all texts: scopes stand in one text, separated by spaces, or in a list.
        var words: [String] { all.flatMap { $0.split(separator: " ").map(String.init) } }
    }

    var issuer: String?
    var subject: String?
    var audience: Texts?
    /// Seconds since 1970, perhaps with a fraction.
    var expires: Double?
    var notBefore: Double?
    var scope: Texts?
    /// What some issuers call `scope`.
    var scp: Texts?
    var client: String?

    var scopes: Set<String> { Set((scope?.words ?? []) + (scp?.words ?? [])) }

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case audience = "aud"
        case expires = "exp"
        case notBefore = "nbf"
        case scope, scp
        case client = "client_id"
    }

    /// Judged by `TokenRules`, which have the gateway's clock.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
