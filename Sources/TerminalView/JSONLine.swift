import Foundation

/// The JSON of verbs that answer without end: one object in one line, its keys as in every other answer.
package enum JSONLine {
    /// Ends in a line break. Control characters are escaped, also those above ASCII, which JSON would let pass.
    package static func encode(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        do {
            return escaped(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
        } catch {
            preconditionFailure("a line must be encodable, and this one holds a number JSON has no word for")
        }
    }

    private static func escaped(_ text: String) -> String {
        let controls: Range<UInt32> = 0x7F..<0xA0
        guard text.unicodeScalars.contains(where: { controls.contains($0.value) }) else { return text }
        return text.unicodeScalars.map { scalar in
            controls.contains(scalar.value) ? "\\u00" + String(scalar.value, radix: 16) : String(scalar)
        }.joined()
    }
}
