import MCPWire
import NIOCore

/// A token's first part: which key and algorithm it claims to be signed with (JWS, RFC 7515, section 4). Nothing here
/// is believed; it only chooses what the signature is checked against.
struct TokenHeader: Equatable {
    /// A longer token is refused.
    static let longestToken = 16 * 1024

    let algorithm: TokenAlgorithm
    let key: String?

    /// `nil` for anything that is not a signed token with an algorithm that may be used.
    init?(_ token: String) {
        guard token.utf8.count <= Self.longestToken else { return nil }
        let parts = token.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        guard let bytes = Base64URL.decode(String(parts[0])) else { return nil }
        let text = ByteBuffer(bytes: bytes)
        // `crit` names extensions that must be understood, and none is.
        guard let members = JSONObject(in: text), members["crit"] == nil else { return nil }
        guard let algorithm = members.string("alg", in: text).flatMap(TokenAlgorithm.init(rawValue:)) else {
            return nil
        }
        self.algorithm = algorithm
        key = members.string("kid", in: text)
        // Some signers write null for a key without a name.
        if key == nil, let named = members["kid"], text.json(at: named) != "null" { return nil }
    }
}
