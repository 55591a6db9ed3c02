import Testing

@testable import HTTPTransport

@Suite struct `Bytes of a head` {
    /// Every byte at every place of texts that are longer and shorter than what is looked at in one step.
    @Test func `are text exactly where each of them is`() {
        for length in 1...17 {
            for place in 0..<length {
                for byte in UInt8.min...UInt8.max {
                    var text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    text[place] = byte
                    let isText = text.withUnsafeBytes { WireText($0).isText }
                    if isText != WireByte.isText(byte) { Issue.record("byte \(byte) at \(place) of \(length)") }
                }
            }
        }
    }

    @Test func `are text where several of eight are tabs, and not where one more is a control character`() {
        let tabs: [UInt8] = [0x09, 0x61, 0x09, 0x09, 0x80, 0x09, 0xFF, 0x20]
        #expect(tabs.withUnsafeBytes { WireText($0).isText })
        for place in tabs.indices {
            for control: UInt8 in [0x00, 0x01, 0x08, 0x0A, 0x0D, 0x1F, 0x7F] {
                var text = tabs
                text[place] = control
                #expect(!text.withUnsafeBytes { WireText($0).isText })
            }
        }
    }

    @Test func `are a token where each is a letter, a digit or one of fifteen signs`() {
        let signs = Set("!#$%&'*+-.^_`|~".utf8)
        for byte in UInt8.min...UInt8.max {
            let isLetter = (0x41...0x5A).contains(byte & 0xDF) && byte < 0x80
            let isDigit = (0x30...0x39).contains(byte)
            #expect(WireByte.isToken(byte) == (isLetter || isDigit || signs.contains(byte)))
        }
    }
}
