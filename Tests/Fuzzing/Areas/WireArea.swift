import HTTPTransport
import NIOCore
import NIOHTTP1

/// The bytes of HTTP itself: read alike however they are cut, and nothing that was let in could be written as two
/// messages.
struct WireArea: FuzzArea {
    let name = "wire"
    let share = 160

    func input(_ random: inout FuzzRandom) -> [UInt8] {
        var bytes = random.once(in: 3) ? WireWriting.responses(&random) : WireWriting.requests(&random)
        if random.once(in: 2) { ByteText.mutate(&bytes, &random) }
        return bytes
    }

    func check(_ input: [UInt8], _ random: inout FuzzRandom) -> String? {
        let methods = (0..<3).map { _ in random.pick([HTTPMethod.GET, .POST, .HEAD]) }
        let cuts = [input[...].map { [$0][...] }, random.pieces(input, most: 12)]
        let (requests, responses) = (
            WireReading(requests: [input[...]]), WireReading(responses: [input[...]], to: methods)
        )
        for pieces in cuts {
            let (cut, cutResponses) = (
                WireReading(requests: pieces), WireReading(responses: pieces, to: methods)
            )
            if cut != requests { return "whole, it was read as \(requests.events), in pieces as \(cut.events)" }
            if cutResponses != responses {
                return "whole, it was read as \(responses.events), in pieces as \(cutResponses.events)"
            }
        }
        for (name, value) in requests.fields + responses.fields where !Self.isHarmless(name, value) {
            return "let in the field '\(name)' with '\(value)'"
        }
        return requests.events.lazy.compactMap { Self.changed($0) }.first
    }

    private static func isHarmless(_ name: String, _ value: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
            && value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    /// A request that is passed on means to the next recipient what it meant here.
    private static func changed(_ event: WireReading.Event) -> String? {
        guard case .request(var head, let body, _, _) = event else { return nil }
        head.version = .http1_1
        if body == .none, head.method == .POST { head.headers.replaceOrAdd(name: "content-length", value: "0") }
        var written = ByteBuffer()
        guard let framing = written.writeHead(head) else { return nil }
        let again = WireReading(requests: [Array(written.readableBytesView)[...]])
        guard case .request(let read, let framed, _, _) = again.events.first else {
            return "wrote \(head), which was read as \(again.events)"
        }
        guard read.method == head.method, read.uri == head.uri, framed == (framing == .length(0) ? .none : framing)
        else { return "wrote \(head) as \(framing), which was read as \(again.events)" }
        return nil
    }
}
