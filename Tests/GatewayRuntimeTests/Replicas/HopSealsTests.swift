import MCPWire
import Testing

@testable import GatewayRuntime

@Suite struct `What keys sealed lately` {
    private let keys: FleetKeys
    private var seals: HopSeals
    private let ticket = SessionTicket(
        owner: "10.0.0.1:8001",
        session: SessionUID(high: 1, low: 2),
        issuedAt: 7,
        principal: [],
        protocolVersion: "2025-11-25",
        upstreamSession: nil,
        initializeParameters: []
    )

    init() throws {
        keys = try FleetKeys(secrets: [String(repeating: "k", count: 32)])
        seals = HopSeals(keys)
    }

    @Test mutating func `is opened once more to the same ticket, and to nothing else`() {
        let sealed = keys.seal(ticket)
        let changed = String(sealed.dropLast()) + (sealed.last == "A" ? "Q" : "A")
        for _ in 1...2 {
            let found = [seals.ticket(sealed), seals.ticket(changed), seals.ticket("")]
            #expect(found == [ticket, nil, nil])
        }
    }

    @Test mutating func `a proof is used again for some seconds, for its session and caller`() {
        let first = seals.proof(session: "a", caller: "c", now: 1_000)
        let again = seals.proof(session: "a", caller: "c", now: 1_009)
        #expect(again == first)
        for other in [
            seals.proof(session: "a", caller: "c", now: 1_010), seals.proof(session: "a", caller: "c", now: 900),
            seals.proof(session: "b", caller: "c", now: 1_000), seals.proof(session: "a", caller: "d", now: 1_000),
        ] { #expect(other != first) }
        #expect(keys.isHopProof(first, session: "a", caller: "c", now: 1_000))
    }

    @Test mutating func `a proof that was checked holds for its minute, its session and its caller`() {
        let proof = keys.hopProof(session: "a", caller: "c", now: 1_000)
        let cut = String(proof.dropLast())
        let redated = "1050" + proof.dropFirst(4)
        let verdicts = [
            seals.isProof(proof, session: "a", caller: "c", now: 1_050),
            seals.isProof(proof, session: "a", caller: "c", now: 1_060),
            seals.isProof(proof, session: "a", caller: "c", now: 1_061),
            seals.isProof(proof, session: "b", caller: "c", now: 1_050),
            seals.isProof(proof, session: "a", caller: "d", now: 1_050),
            seals.isProof(cut, session: "a", caller: "c", now: 1_050),
            seals.isProof(redated, session: "a", caller: "c", now: 1_050),
        ]
        #expect(verdicts == [true, true, false, false, false, false, false])
    }
}
