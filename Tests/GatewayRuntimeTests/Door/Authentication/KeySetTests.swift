import Testing

@testable import GatewayRuntime

@Suite struct `A key set` {
    private func set(_ json: String) async throws -> KeySet {
        try await KeySet(reading: Array(json.utf8), for: Set(TokenAlgorithm.allCases))
    }

    private func isSigned(_ token: String, by set: KeySet) async -> Bool {
        guard let header = TokenHeader(token) else { return false }
        return await KeySet.claims(of: token, signedBy: set.candidates(for: header)) != nil
    }

    private let claims = TokenClaims(issuer: "i", subject: "s", audience: .init(["a", "b"]), expires: 7.5)

    @Test func `verifies what its keys signed, each by its own algorithm`() async throws {
        let keys = try await [SigningKey.es256("a"), .rs256("b"), .ed25519("c")]
        let set = try await set(#"{"keys":[\#(keys.map(\.published).joined(separator: ","))]}"#)
        for key in keys {
            let token = try await key.sign(claims)
            let header = try #require(TokenHeader(token))
            let read = await KeySet.claims(of: token, signedBy: set.candidates(for: header))
            #expect(read == claims)
            #expect(await !isSigned(token.dropLast(4) + "AAAA", by: set))
            #expect(try await !isSigned(key.sign(claims, naming: "elsewhere"), by: set))
        }
        let stranger = await SigningKey.es256("a")
        #expect(try await !isSigned(stranger.sign(claims), by: set))
        #expect(try await !isSigned(keys[0].sign(claims, naming: "b"), by: set))
    }

    @Test func `tries every key for a token that names none`() async throws {
        let keys = await [SigningKey.es256(nil), .es256(nil), .es256("named")]
        let set = try await set(#"{"keys":[\#(keys.map(\.published).joined(separator: ","))]}"#)
        #expect(try await isSigned(keys[1].sign(claims), by: set))
        #expect(try await !isSigned(keys[1].sign(claims, naming: "other"), by: set))
    }

    @Test func `passes over what it can't use`() async throws {
        let key = await SigningKey.es256("good")
        let hidden = await SigningKey.es256("hidden")
        let forEncryption = hidden.published.replacing(#""use":"sig""#, with: #""use":"enc""#)
        let others = [
            #"{"kty":"oct","k":"c2VjcmV0","alg":"HS256","kid":"s"}"#, #"{"kty":"EC","crv":"secp256k1","x":"","y":""}"#,
            #"{"kty":"OKP","crv":"X25519","x":"AA","kid":"x"}"#, #"{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"tiny"}"#,
            #""text""#, "7", "null", "{}", #"{"kty":"RSA","n":"!","e":"!"}"#, forEncryption,
        ]
        let set = try await set(#"{"keys":[\#((others + [key.published]).joined(separator: ","))]}"#)
        #expect(set.count == 1)
        #expect(try await isSigned(key.sign(claims), by: set))
        #expect(try await !isSigned(hidden.sign(claims), by: set))
    }

    @Test(arguments: ["", "[]", "{}", #"{"keys":{}}"#, #"{"keys":"#, "\u{0}"])
    func `is nothing else`(text: String) async {
        await #expect(throws: (any Error).self) { try await set(text) }
    }
}
