import Foundation
import NIOCore
import Testing

@testable import MCPWire

/// The scanner and Foundation's parser judge the same mutated texts: they must agree on what is JSON.
@Suite struct ScannerAgainstFoundationTests {
    private static let seeds = [
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"héllo 😀"}}}"#,
        #"{"jsonrpc":"2.0","id":"a-b","result":{"content":[{"type":"text","text":"x\ty"}],"n":[1,-2.5e+3,0.1,true]}}"#,
        #"{ "method" : "notifications/progress" , "params" : { "progressToken" : 5 , "progress" : 1.0E-2 } }"#,
        #"{"id":null,"error":{"code":-32700,"message":"bad","data":[[],{},[{}],null,false]}}"#,
    ]

    @Test func `40,000 mutated messages are judged as Foundation judges them`() {
        var random = SplitMix(state: 20_261_122)
        for round in 0..<40_000 {
            var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, &random) }
            let text = String(decoding: bytes, as: UTF8.self)
            // Two liberties of Foundation's: a comma before a closing brace, and no numbers beyond a Double's.
            if text.contains(#/,\s*}/#) || text.contains(#/[eE]\+?\d{3}/#) { continue }
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(bytes))) is [String: Any]
            if Self.isWellFormed(bytes) != isJSON { Issue.record("Foundation says \(isJSON) of \(text)") }
        }
    }

    private static func isWellFormed(_ bytes: [UInt8]) -> Bool {
        do {
            _ = try ScannedMessage(scanning: ByteBuffer(bytes: bytes))
            return true
        } catch {
            if case .invalid = error { return true }
            return false
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let alphabet = Array("{}[]\":,\\0123456789.eE+-truefalsn \n\tué".utf8) + [0xFF, 0xC3, 0x80]
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let byte = alphabet.randomElement(using: &random) ?? 0x20
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        case 2 where bytes.count > 1: bytes.remove(at: place)
        default: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0..<3, using: &random)))
        }
    }
}

/// A small seeded generator, so that a failure can be run again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
