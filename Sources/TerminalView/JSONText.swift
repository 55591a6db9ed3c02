import Foundation

/// The one way answers become JSON: keys sorted and in snake case, indented, slashes left alone.
enum JSONText {
    /// The document, ending in a line break.
    static func encode(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        } catch {
            preconditionFailure("an answer must be encodable, and this one holds a number JSON has no word for")
        }
    }
}
