/// Base64 with the URL alphabet and without padding (RFC 4648, section 5): fit for a header value.
package enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    package static func encode(_ bytes: [UInt8]) -> String {
        let length = (bytes.count * 4 + 2) / 3
        return String(unsafeUninitializedCapacity: length) { target in
            var written = 0
            var bits: UInt32 = 0
            var held = 0
            for byte in bytes {
                bits = bits << 8 | UInt32(byte)
                held += 8
                while held >= 6 {
                    held -= 6
                    target[written] = alphabet[Int(bits >> UInt32(held) & 0x3F)]
                    written += 1
                }
            }
            if held > 0 {
                target[written] = alphabet[Int(bits << UInt32(6 - held) & 0x3F)]
                written += 1
            }
            return written
        }
    }

    /// `nil` for any text that `encode` would not have written, non-canonical endings included.
    package static func decode(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { characters -> [UInt8]? in
            guard characters.count % 4 != 1 else { return nil }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(characters.count * 3 / 4)
            var bits: UInt32 = 0
            var held = 0
            for character in characters {
                let value = values[Int(character)]
                guard value != 0xFF else { return nil }
                bits = bits << 6 | UInt32(value)
                held += 6
                if held >= 8 {
                    held -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
                }
            }
            return bits & (1 << UInt32(held) - 1) == 0 ? bytes : nil
        }
    }
}
