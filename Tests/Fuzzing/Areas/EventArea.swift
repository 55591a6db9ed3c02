import GatewayRuntime
import MCPWire
import NIOCore

/// Event streams, cut into arbitrary pieces: the events read are the events written, and no byte is lost.
struct EventArea: FuzzArea {
    let name = "events"
    let share = 100

    private static let fragments = [
        "data: x", "data:", "data", "data:  two", "datax: 1", "id: 7", "id", "event: message", ": comment", "retry: 5",
        ":", "x", "data: {\"a\":1}", "é", "\n", "\n", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r", "\n\r",
    ]

    func input(_ random: inout FuzzRandom) -> [UInt8] {
        if random.once(in: 2) { return MessageText.any(&random).prefix(200).filter { $0 != 0x0A && $0 != 0x0D } }
        var bytes: [UInt8] = []
        for _ in 0..<random.below(16) { bytes += Array(random.pick(Self.fragments).utf8) }
        if random.once(in: 3) { ByteText.mutate(&bytes, &random) }
        return bytes
    }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        input.contains { $0 == 0x0A || $0 == 0x0D }
            ? readAnything(input, &random) : readWhatWasWritten(input, &random)
    }

    private func readWhatWasWritten(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let json = ByteBuffer(bytes: input)
        var stream: [UInt8] = []
        var written: [(bytes: ByteBuffer, data: ByteBuffer?, hasID: Bool)] = []
        for position in 0...random.below(5) {
            let id = EventID(
                record: random.next(), stream: UInt32(position), sequence: 1, request: .text(JSONWriter.text(&random))
            ).text
            switch random.below(5) {
            case 0: written.append((ServerSentEvent.keepAlive, nil, false))
            case 1: written.append((ServerSentEvent.priming(id: id, retry: 500), ByteBuffer(), true))
            case 2: written.append((ServerSentEvent.message(json), json, false))
            default: written.append((ServerSentEvent.message(json, id: id), json, true))
            }
        }
        for event in written { stream += Array(event.bytes.readableBytesView) }
        let (events, rest) = Self.read(random.pieces(stream))
        guard rest.readableBytes == 0, events.count == written.count else { return "\(events.count) events came back" }
        for (event, expected) in zip(events, written) {
            guard event.bytes == expected.bytes, event.data == expected.data, (event.id != nil) == expected.hasID else {
                return "'\(String(buffer: expected.bytes))' came back as '\(String(buffer: event.bytes))'"
            }
        }
        return events.first.flatMap { Self.replace($0, with: json) }
    }

    private func readAnything(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let (events, rest) = Self.read(random.pieces(input, most: 12))
        let together = events.flatMap { Array($0.bytes.readableBytesView) } + Array(rest.readableBytesView)
        guard together == input else { return "bytes were lost or added" }
        let expected = EventReading.events(of: input)
        guard events.map(\.data) == expected.map({ $0.map { ByteBuffer(bytes: $0) } }) else {
            return "the data differ from a reading line by line"
        }
        return events.first.flatMap { Self.replace($0, with: ByteBuffer(string: "{\"n\":\r\n2}")) }
    }

    private static func read(_ pieces: [ArraySlice<UInt8>]) -> ([ServerEvents.Event], ByteBuffer) {
        var reader = ServerEvents()
        var events: [ServerEvents.Event] = []
        for piece in pieces {
            reader.append(ByteBuffer(bytes: piece))
            while let event = reader.next() { events.append(event) }
        }
        return (events, reader.finish())
    }

    /// Another message in an event's place leaves everything else of it.
    private static func replace(_ event: ServerEvents.Event, with message: ByteBuffer) -> String? {
        let (events, rest) = read([ArraySlice(ServerEvents.replacing(dataOf: event, with: message).readableBytesView)])
        guard events.count == 1, let changed = events.first, rest.readableBytes == 0 else {
            return "no longer one event"
        }
        let line = message.readableBytesView.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        guard changed.data == ByteBuffer(bytes: line) else { return "the data is not what was put there" }
        let (before, after) = (EventReading.others(in: event.bytes), EventReading.others(in: changed.bytes))
        return before == after ? nil : "replacing the data changed another line"
    }
}
