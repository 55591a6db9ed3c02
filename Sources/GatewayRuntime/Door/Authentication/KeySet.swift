import JWTKit

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The keys that an issuer published (JWK Set, RFC 7517), each ready for the algorithms it may be used with.
struct KeySet: Sendable {
    /// Keys over this number are not looked at.
    static let mostKeys = 64
    /// Keys that a token without `kid` is tried with.
    static let mostTries = 8

    private struct Entry: Sendable {
        let identifier: String?
        let algorithm: TokenAlgorithm
        /// Holds this key only, for this algorithm only.
        let verifier: JWTKeyCollection
    }

    /// One published key. What this program can't use is skipped: it may be there for others.
    private struct Published: Decodable {
        private(set) var key: JWK?
        private var use: String?
        private var operations: [String]?

        private enum CodingKeys: String, CodingKey {
            case use
            case operations = "key_ops"
        }

        init(from decoder: any Decoder) throws {
            do {
                let fields = try decoder.container(keyedBy: CodingKeys.self)
                use = try fields.decodeIfPresent(String.self, forKey: .use)
                operations = try fields.decodeIfPresent([String].self, forKey: .operations)
                key = try JWK(from: decoder)
            } catch {
                // A kind that is not known here, or no key at all. The others of the set still count.
            }
        }

        var isForSignatures: Bool { use ?? "sig" == "sig" && operations?.contains("verify") ?? true }
    }

    private struct Document: Decodable {
        let keys: [Published]
    }

    private let entries: [Entry]

    /// How many ways there are to verify a token.
    var count: Int { entries.count }

    /// Reads a key set. Keys that can't be used are left out.
    init(reading bytes: [UInt8], for algorithms: Set<TokenAlgorithm>) async throws {
        let document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        var entries: [Entry] = []
        for published in document.keys.prefix(Self.mostKeys) where published.isForSignatures {
            guard var key = published.key else { continue }
            key.privateExponent = nil
            let identifier = key.keyIdentifier?.string
            for algorithm in algorithms where key.algorithm.map({ $0.rawValue == algorithm.rawValue }) ?? true {
                guard let verifier = await Self.verifier(key, algorithm) else { continue }
                entries.append(Entry(identifier: identifier, algorithm: algorithm, verifier: verifier))
            }
        }
        self.entries = entries
    }

    /// `nil` where the key does not go with the algorithm.
    private static func verifier(_ key: JWK, _ algorithm: TokenAlgorithm) async -> JWTKeyCollection? {
        guard algorithm.fits(key) else { return nil }
        var key = key
        key.algorithm = JWK.Algorithm(rawValue: algorithm.rawValue)
        key.keyIdentifier = JWKIdentifier(string: "only")
        let verifier = JWTKeyCollection()
        do {
            try await verifier.add(jwk: key)
            return verifier
        } catch {
            return nil
        }
    }

    /// The keys that a token may have been signed with.
    func candidates(for header: TokenHeader) -> [JWTKeyCollection] {
        let fitting = entries.lazy.filter { $0.algorithm == header.algorithm }
        guard let key = header.key else { return fitting.prefix(Self.mostTries).map(\.verifier) }
        return fitting.filter { $0.identifier == key }.map(\.verifier)
    }

    /// What a token says, where one of the keys signed it.
    static func claims(of token: String, signedBy candidates: [JWTKeyCollection]) async -> TokenClaims? {
        for candidate in candidates {
            do {
                return try await candidate.verify(token, as: TokenClaims.self)
            } catch {
                continue
            }
        }
        return nil
    }
}

extension TokenAlgorithm {
    /// Whether a key is of the kind, and on the curve, that the algorithm asks for (RFC 7518, 3.1; RFC 8037).
    fileprivate func fits(_ key: JWK) -> Bool {
        switch self {
        case .RS256, .RS384, .RS512, .PS256, .PS384, .PS512: key.keyType == .rsa
        case .ES256: key.keyType == .ecdsa && key.curve == .ecdsa(.p256)
        case .ES384: key.keyType == .ecdsa && key.curve == .ecdsa(.p384)
        case .ES512: key.keyType == .ecdsa && key.curve == .ecdsa(.p521)
        case .EdDSA: key.keyType == .octetKeyPair && key.curve == .eddsa(.ed25519)
        }
    }
}
