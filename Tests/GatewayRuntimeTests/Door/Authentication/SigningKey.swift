import Crypto
import CryptoExtras
import JWTKit
import MCPWire

@testable import GatewayRuntime

/// A key of a test's issuer: what it signs, and what is published of it.
struct SigningKey: Sendable {
    let name: String?
    /// The public half as JSON (JWK).
    let published: String
    private let keys: JWTKeyCollection

    private init(_ name: String?, _ keys: JWTKeyCollection, kind: String, _ fields: [String: String]) {
        self.name = name
        self.keys = keys
        let all = fields.merging(["kty": kind, "kid": name, "use": "sig"].compactMapValues { $0 }) { $1 }
        published = "{" + all.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + "}"
    }

    static func es256(_ name: String?) async -> SigningKey {
        let key = ES256PrivateKey()
        let point = key.publicKey.parameters ?? ("", "")
        return SigningKey(
            name,
            await JWTKeyCollection().add(ecdsa: key),
            kind: "EC",
            ["crv": "P-256", "x": url(point.x), "y": url(point.y)]
        )
    }

    static func rs256(_ name: String?) async throws -> SigningKey {
        let key = try Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
        let (modulus, exponent) = try key.publicKey.getKeyPrimitives()
        return SigningKey(
            name,
            await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256),
            kind: "RSA",
            ["n": Base64URL.encode(Array(modulus)), "e": Base64URL.encode(Array(exponent))]
        )
    }

    static func ed25519(_ name: String?) async throws -> SigningKey {
        let key = try EdDSA.PrivateKey()
        return SigningKey(
            name,
            await JWTKeyCollection().add(eddsa: key),
            kind: "OKP",
            ["crv": "Ed25519", "alg": "EdDSA", "x": Base64URL.encode(Array(key.publicKey.rawRepresentation))]
        )
    }

    /// A key that both sides share, which nobody may publish: for tokens that must be refused.
    static func shared(_ name: String?, secret: String) async -> SigningKey {
        let keys = await JWTKeyCollection().add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
        return SigningKey(name, keys, kind: "oct", ["k": Base64URL.encode(Array(secret.utf8))])
    }

    /// Signs claims. `naming`: the key that the token names instead of this one.
    func sign(_ claims: TokenClaims, naming other: String? = nil) async throws -> String {
        let identifier = (other ?? name).map { JWKIdentifier(string: $0) }
        var header = JWTHeader()
        header.kid = identifier?.string
        return try await keys.sign(claims, header: header)
    }

    private static func url(_ base64: String) -> String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
