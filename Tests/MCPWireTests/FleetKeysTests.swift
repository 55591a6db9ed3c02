import Foundation
import Testing

@testable import MCPWire

@Suite struct FleetKeysTests {
    private let secret = "0123456789abcdef0123456789abcdef"
    private let other = "fedcba9876543210fedcba9876543210"
    private let ticket = SessionTicket(
        owner: "10.0.1.5:8001",
        session: SessionUID(high: 1, low: UInt64.max),
        issuedAt: 1_795_000_000,
        principal: [1, 2, 3],
        protocolVersion: "2025-11-25",
        upstreamSession: "up",
        initializeParameters: Array(#"{"capabilities":{}}"#.utf8)
    )

    @Test func `a ticket comes back as it was sealed`() throws {
        let keys = try FleetKeys(secrets: [secret])
        #expect(keys.open(keys.seal(ticket)) == ticket)
        var bare = ticket
        bare.upstreamSession = nil
        bare.initializeParameters = nil
        bare.principal = []
        #expect(keys.open(keys.seal(bare)) == bare)
    }

    @Test func `a session id is visible ASCII and fits a header`() throws {
        var large = ticket
        large.initializeParameters = Array(repeating: 0x7B, count: SessionTicket.largestParameters)
        let id = try FleetKeys(secrets: [secret]).seal(large)
        #expect(id.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        #expect(id.utf8.count < 9_000)
    }

    @Test func `no changed character opens`() throws {
        let keys = try FleetKeys(secrets: [secret])
        let id = Array(keys.seal(ticket).utf8)
        for place in id.indices {
            var changed = id
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(keys.open(String(decoding: changed, as: UTF8.self)) == nil)
        }
        for text in ["", "A", "AAAA", String(repeating: "A", count: 60), "not base64 !", "é"] {
            #expect(keys.open(text) == nil)
        }
    }

    @Test func `another fleet's key does not open`() throws {
        #expect(try FleetKeys(secrets: [other]).open(FleetKeys(secrets: [secret]).seal(ticket)) == nil)
        #expect(FleetKeys.random().open(FleetKeys.random().seal(ticket)) == nil)
    }

    @Test func `while a key is replaced, the first seals and all open`() throws {
        let before = try FleetKeys(secrets: [secret])
        let during = try FleetKeys(secrets: [other, secret])
        let after = try FleetKeys(secrets: [other])
        #expect(during.open(before.seal(ticket)) == ticket)
        #expect(after.open(during.seal(ticket)) == ticket)
        #expect(before.open(during.seal(ticket)) == nil)
    }

    @Test func `a short key is refused by its place`() {
        #expect(throws: FleetKeys.Refusal.tooShort(position: 2)) { try FleetKeys(secrets: [secret, "short"]) }
        #expect(throws: FleetKeys.Refusal.none) { try FleetKeys(secrets: []) }
    }

    @Test func `a hop is proved for one session and for a minute`() throws {
        let keys = try FleetKeys(secrets: [secret])
        let proof = keys.hopProof(session: "s", now: 1_000)
        #expect(keys.isHopProof(proof, session: "s", now: 1_030))
        #expect(keys.isHopProof(proof, session: "s", now: 990))
        #expect(!keys.isHopProof(proof, session: "t", now: 1_000))
        #expect(!keys.isHopProof(proof, session: "s", now: 1_100))
        #expect(!keys.isHopProof("+" + proof, session: "s", now: 1_000))
        #expect(!keys.isHopProof("0" + proof, session: "s", now: 1_000))
        #expect(!keys.isHopProof("1001" + proof.dropFirst(4), session: "s", now: 1_000))
        #expect(try !FleetKeys(secrets: [other]).isHopProof(proof, session: "s", now: 1_000))
        for text in ["", ".", "1000.", "x.y", "1000.AAAA"] {
            #expect(!keys.isHopProof(text, session: "s", now: 1_000))
        }
    }

    @Test func `a hop is proved for one caller`() throws {
        let keys = try FleetKeys(secrets: [secret])
        let proof = keys.hopProof(session: "s", caller: "alice", now: 1_000)
        #expect(keys.isHopProof(proof, session: "s", caller: "alice", now: 1_000))
        #expect(!keys.isHopProof(proof, session: "s", caller: "bob", now: 1_000))
        #expect(!keys.isHopProof(proof, session: "s", now: 1_000))
        #expect(!keys.isHopProof(proof, session: "salice", caller: "", now: 1_000))
        #expect(!keys.isHopProof(keys.hopProof(session: "s", now: 1_000), session: "s", caller: "alice", now: 1_000))
    }

    @Test func `base64url agrees with Foundation's and is canonical`() {
        var random = SplitMix(state: 7)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let text = Base64URL.encode(bytes)
            let standard = text.replacing("-", with: "+").replacing("_", with: "/")
            let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
            #expect(Data(base64Encoded: standard + padding) == Data(bytes))
            #expect(Base64URL.decode(text) == bytes)
        }
        #expect(Base64URL.decode("AB") == nil)
        #expect(Base64URL.decode("A") == nil)
        #expect(Base64URL.decode("AA==") == nil)
    }
}
