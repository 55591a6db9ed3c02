import Testing

@testable import GatewayRuntime

@Suite struct `Named keys` {
    private let first = "0123456789abcdef"
    private let second = "fedcba9876543210"

    private func refusal(_ texts: [String]) -> NamedKeys.Refusal? {
        do throws(NamedKeys.Refusal) {
            _ = try NamedKeys(reading: texts)
            return nil
        } catch {
            return error
        }
    }

    @Test func `are found by the whole key only`() throws {
        let keys = try NamedKeys(reading: ["alice:\(first)", "bob:\(second)", "alice:\(first)+"])
        #expect(keys.index(of: first) == 0)
        #expect(keys.index(of: second) == 1)
        #expect(keys.index(of: first + "+") == 2)
        for other in ["", "0", String(first.dropLast()), first + "x", "alice:\(first)", first.uppercased()] {
            #expect(keys.index(of: other) == nil, "\(other)")
        }
    }

    @Test func `may be given as digests`() throws {
        let digest = NamedKeys.digest(of: first).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        #expect(try NamedKeys(reading: ["alice:sha256:\(digest)"]).index(of: first) == 0)
        #expect(refusal(["alice:sha256:\(digest.dropLast())"]) == .badDigest(name: "alice"))
        #expect(refusal(["alice:sha256:\(digest.dropLast())g"]) == .badDigest(name: "alice"))
    }

    @Test func `stand in a file line by line`() throws {
        let keys = try NamedKeys(lines: "# ours\n\nalice:\(first)\r\n  bob:\(second)  \n")
        #expect(keys.entries.map(\.name) == ["alice", "bob"])
        #expect(keys.index(of: second) == 1)
    }

    @Test func `are refused in words that hold no key`() {
        let secret = "s3cret!"
        let refused: [([String], NamedKeys.Refusal)] = [
            ([], .none), ([secret], .notNamed(position: 1)), (["a b:\(first)"], .notNamed(position: 1)),
            ([":\(first)"], .notNamed(position: 1)), (["alice:\(secret)"], .tooShort(name: "alice")),
            (["alice:\(first) x"], .badCharacters(name: "alice")),
            (["alice:\(first)", "bob:\(first)"], .shared("alice", "bob")),
            (Array(repeating: "a:\(first)", count: 1001), .tooMany),
        ]
        for (texts, expected) in refused {
            #expect(refusal(texts) == expected)
            #expect(!expected.words.contains(secret) && !expected.words.contains(first))
        }
    }

    @Test func `make one caller of each name, and none of a token's subject`() {
        #expect(Caller(keyName: "a") == Caller(keyName: "a"))
        let others = [
            Caller(keyName: "b"), Caller(issuer: "a", subject: ""), Caller(issuer: "", subject: "a"),
            Caller(issuer: "a", client: ""), Caller(issuer: "aa", subject: "b"), Caller(issuer: "a", subject: "ab"),
            .anybody,
        ]
        for (index, one) in others.enumerated() {
            #expect(one != Caller(keyName: "a"))
            for other in others.dropFirst(index + 1) { #expect(one != other) }
            #expect(Caller(hopField: one.hopField) == one)
        }
        #expect(Caller(hopField: "not base64url!") == nil)
    }
}
