import NIOCore
import Testing

@testable import MCPWire

@Suite struct `A JSON string` {
    private func read(_ bytes: [UInt8]) -> Result<JSONCursor.StringRange, MalformedJSON> {
        var cursor = JSONCursor()
        do throws(MalformedJSON) {
            return .success(try cursor.readString(bytes.span))
        } catch {
            return .failure(error)
        }
    }

    /// Every byte of ASCII at every place of strings that are longer and shorter than what is looked at in one step.
    @Test func `ends at its first quote, and is refused at its first control character`() {
        for length in 1...17 {
            for place in 0..<length {
                for byte: UInt8 in 0..<0x80 where byte != UInt8(ascii: "\\") {
                    var text = Array("\"".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    text += Array("\",\"\n".utf8)
                    text[place + 1] = byte
                    let ends = byte == UInt8(ascii: "\"") ? place : length
                    switch read(text) {
                    case .success(let string):
                        if byte < 0x20 || string.content != 1..<(ends + 1) || !string.isPlain {
                            Issue.record("byte \(byte) at \(place) of \(length)")
                        }
                    case .failure(let fault):
                        if byte >= 0x20 || fault.offset != place + 1 { Issue.record("\(fault), byte \(byte)") }
                    }
                }
            }
        }
    }

    @Test(arguments: 0..<17) func `holds escapes and other scalars wherever they stand`(before: Int) throws {
        let plain = String(repeating: "a", count: before)
        let escaped = try read(Array("\"\(plain)\\\"b\\u00e9\" ".utf8)).get()
        #expect(escaped.hasEscapes && !escaped.hasScalars)
        #expect(escaped.value(in: Array("\"\(plain)\\\"b\\u00e9\" ".utf8).span) == plain + "\"bé")
        let other = try read(Array("\"\(plain)é\u{1F600}\" ".utf8)).get()
        #expect(other.hasScalars && !other.hasEscapes)
    }

    @Test(arguments: 0..<17) func `is refused where it does not end, or is not UTF-8`(before: Int) {
        let plain = "\"" + String(repeating: "a", count: before)
        for rest: [UInt8] in [[], [0x5C], [0x80], [0xC3], [0xC3, 0x22], [0xED, 0xA0, 0x80, 0x22]] {
            #expect((try? read(Array(plain.utf8) + rest).get()) == nil)  // the reason is told by other tests
        }
    }
}
