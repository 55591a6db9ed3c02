import MCPWire

/// What a client carries and brings back: as it was given it opens, with another key of the fleet too; changed, cut,
/// joined or taken for something else it never does.
struct TicketArea: FuzzArea {
    let name = "tickets"
    let share = 30

    private static let keys = fleet(["the first secret, long enough for all", "the second secret, long enough too"])
    /// The same keys, the other of them sealing.
    private static let rotated = fleet(["the second secret, long enough too", "the first secret, long enough for all"])
    private static let strangers = fleet(["a secret of another fleet, long enough"])

    private static func fleet(_ secrets: [String]) -> FleetKeys {
        do throws(FleetKeys.Refusal) {
            return try FleetKeys(secrets: secrets)
        } catch {
            preconditionFailure("these secrets are long enough")
        }
    }

    /// What becomes a ticket: the bytes that stand in it. Sealing adds bytes at random, which no seed names.
    func input(_ random: inout FuzzRandom) -> [UInt8] { random.bytes(random.below(80)) }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        ticket(input, &random) ?? state(input, &random) ?? proof(input, &random) ?? eventID(input, &random)
            ?? anything(input)
    }

    private func ticket(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let ticket = SessionTicket(
            owner: JSONWriter.text(&random),
            session: SessionUID(high: random.next(), low: random.next()),
            issuedAt: random.next(),
            principal: random.bytes(random.pick([0, 32])),
            protocolVersion: "2025-11-25",
            upstreamSession: random.once(in: 2) ? nil : JSONWriter.text(&random),
            initializeParameters: random.once(in: 3) ? nil : input
        )
        let sealed = Self.keys.seal(ticket)
        guard Self.keys.open(sealed) == ticket, Self.rotated.open(sealed) == ticket else { return "\(sealed) is lost" }
        if Self.strangers.open(sealed) != nil { return "\(sealed) opens for strangers" }
        if Self.keys.openState(sealed) != nil { return "a ticket passes for a state: \(sealed)" }
        var other = ticket
        other.owner += "x"
        let others = Self.rotated.seal(other)
        let changed = Self.change(sealed, others, &random)
        guard changed != sealed, changed != others, Self.keys.open(changed) != nil else { return nil }
        return "\(sealed) was changed to \(changed), which opens"
    }

    private func state(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let text = String(decoding: input, as: UTF8.self)
        let uid = SessionUID(high: random.next(), low: random.next())
        let state = RequestState(
            replica: JSONWriter.text(&random), issuedAt: random.next(), principal: random.bytes(random.below(40)),
            content: random.once(in: 2) ? .server(text) : .waiting(uid)
        )
        let sealed = Self.keys.seal(state)
        guard Self.keys.openState(sealed) == state, Self.rotated.openState(sealed) == state else {
            return "the state \(sealed) is lost"
        }
        if Self.strangers.openState(sealed) != nil || Self.keys.open(sealed) != nil {
            return "\(sealed) opens elsewhere"
        }
        let other = Self.rotated.seal(state)
        let changed = Self.change(sealed, other, &random)
        guard changed != sealed, changed != other, Self.keys.openState(changed) != nil else { return nil }
        return "\(sealed) was changed to \(changed), which opens"
    }

    private func proof(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let session = Base64URL.encode(input)
        let now = random.next() >> 32
        let proof = Self.keys.hopProof(session: session, caller: "alice", now: now)
        guard Self.rotated.isHopProof(proof, session: session, caller: "alice", now: now + 30) else {
            return "\(proof) proves nothing"
        }
        let others = [
            Self.keys.isHopProof(proof, session: session + "A", caller: "alice", now: now),
            Self.keys.isHopProof(proof, session: session, caller: "bob", now: now),
            Self.keys.isHopProof(proof, session: session, caller: "alice", now: now + 61),
            Self.strangers.isHopProof(proof, session: session, caller: "alice", now: now),
        ]
        if others.contains(true) { return "\(proof) proves another hop" }
        let spliced = Self.keys.hopProof(session: session, caller: "bob", now: now)
        var changed = Self.change(proof, spliced, &random)
        if random.once(in: 4) { changed = random.pick(["0", "+", " ", "00"]) + proof }
        guard changed != proof, Self.keys.isHopProof(changed, session: session, caller: "alice", now: now) else {
            return nil
        }
        return "\(proof) was changed to \(changed), which proves as much"
    }

    /// An event's id holds no secret, but what is read is what would be written.
    private func eventID(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let id = EventID(
            record: random.next(), stream: 3, sequence: 9,
            request: random.pick([nil, .number("-1.5e3"), .text(JSONWriter.text(&random))])
        )
        guard EventID(id.text) == id else { return "the event id \(id.text) is lost" }
        var bytes = [1] + random.bytes(16) + [1 + UInt8(random.below(2))] + input.prefix(64)
        if random.once(in: 2) { ByteText.mutate(&bytes, &random) }
        for text in [Base64URL.encode(bytes), Self.change(id.text, id.text, &random)] {
            guard let read = EventID(text) else { continue }
            if read.text != text { return "the event id \(text) is read as \(read.text)" }
        }
        return nil
    }

    /// Base64 has one spelling, and garbage opens nothing.
    private func anything(_ input: [UInt8]) -> String? {
        guard Base64URL.decode(Base64URL.encode(input)) == input else { return "base64 lost it" }
        let text = String(decoding: input.map { $0 & 0x7F }, as: UTF8.self)
        if let bytes = Base64URL.decode(text), Base64URL.encode(bytes) != text { return "\(text) is not canonical" }
        return Self.keys.open(text) == nil && Self.keys.openState(text) == nil ? nil : "\(text) opens"
    }

    /// A letter changed, an end cut off or added, two halves joined, a byte of what the letters stand for changed.
    private static func change(_ text: String, _ other: String, _ random: inout FuzzRandom) -> String {
        var letters = Array(text.utf8)
        switch random.below(6) {
        case 0: letters.removeLast(1 + random.below(letters.count))
        case 1: letters += Array(other.utf8.suffix(random.below(other.utf8.count) + 1))
        case 2:
            let cut = random.below(letters.count)
            letters = Array(letters[..<cut] + other.utf8.dropFirst(cut))
        case 3:
            guard var bytes = Base64URL.decode(text), !bytes.isEmpty else { break }
            bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
            return Base64URL.encode(bytes)
        case 4: letters[random.below(letters.count)] = random.pick(Array("AZaz09-_.=+/ ".utf8))
        default: ByteText.mutate(&letters, &random)
        }
        return String(decoding: letters, as: UTF8.self)
    }
}
