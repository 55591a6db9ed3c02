import FleetModel

/// Credentials as programs and endpoints hand them over ("Process credential provider", AWS SDKs and Tools Reference
/// Guide; containers say `Token` for `SessionToken`).
struct CredentialDocument: Decodable {
    private let accessKeyID: String
    private let secretAccessKey: String
    private let sessionToken: String?
    private let token: String?

    private enum CodingKeys: String, CodingKey {
        case accessKeyID = "AccessKeyId"
        case secretAccessKey = "SecretAccessKey"
        case sessionToken = "SessionToken"
        case token = "Token"
    }

    var credentials: Credentials {
        Credentials(
            accessKeyID: accessKeyID,
            secretAccessKey: Secret(secretAccessKey),
            sessionToken: (sessionToken ?? token).map { Secret($0) }
        )
    }

    /// nil for anything else, which is never quoted: it may hold half a secret.
    static func credentials(in bytes: [UInt8]) -> Credentials? {
        CredentialDocument(json: bytes)?.credentials
    }
}
