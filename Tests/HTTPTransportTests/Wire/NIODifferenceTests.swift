import HTTPTransport
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

/// The same bytes, read here and by NIO's decoder: whatever is taken here, NIO takes for the same messages.
@Suite(.timeLimit(.minutes(5))) struct `Beside NIO's decoder` {
    static let known = `A request's bytes`.taken.map(\.0) + `A request's bytes`.refused

    @Test func `nothing is taken for another request`() async throws {
        var random = SeededRandom(state: 20_261_123)
        let made = (0..<2_000).map { _ in Self.spoiled(&random) }
        let inputs = Self.known.map { Array($0.utf8) } + made
        var compared = 0
        try await Loopback.run { net in
            let peer = try await NIOReading.serve(on: net.loop)
            for input in inputs {
                let ours = ReadMessages.requests(
                    [input], limits: WireLimits(bytes: 80_000, fields: 256), stopsAtClose: true)
                let theirs = try await peer.read(input)
                guard !Self.isOwnChoice(input) else { continue }
                compared += ours.lines.isEmpty ? 0 : 1
                let taken = ours.lines.filter { !$0.hasPrefix("fault") }
                let isPrefix = theirs.lines.starts(with: taken) || Self.isCutBody(taken, theirs.lines)
                #expect(
                    isPrefix, "\(String(decoding: input, as: UTF8.self).debugDescription): \(ours), and NIO: \(theirs)")
            }
        }
        #expect(compared > 1_000)
    }

    /// NIO stops at an upgrade, which is ignored here.
    private static func isOwnChoice(_ input: [UInt8]) -> Bool {
        String(decoding: input, as: UTF8.self).lowercased().contains("upgrade")
    }

    /// A body of which only part had come when something was refused.
    private static func isCutBody(_ ours: [String], _ theirs: [String]) -> Bool {
        guard let last = ours.last, last.hasPrefix("body"), theirs.count >= ours.count else { return false }
        return theirs.starts(with: ours.dropLast()) && theirs[ours.count - 1].hasPrefix(last)
    }

    private static func spoiled(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = Array((known.randomElement(using: &random) ?? "").utf8)
        bytes += Array((known.randomElement(using: &random) ?? "").utf8)
        let alphabet = Array("\r\n \t:;,0123456789abcxyzGETPOSThttp/1.\0".utf8)
        for _ in 0..<Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
            case 2: bytes[place] = alphabet.randomElement(using: &random) ?? 0
            default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
            }
        }
        return bytes
    }
}

/// SplitMix64.
private struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
