/// How a token may be signed: with a private key whose public half the issuer publishes. There is no unsigned token, and
/// none signed with a shared secret: a public key taken for one would let anybody sign.
enum TokenAlgorithm: String, CaseIterable, Sendable {
    case RS256, RS384, RS512
    case PS256, PS384, PS512
    case ES256, ES384, ES512
    case EdDSA
}
