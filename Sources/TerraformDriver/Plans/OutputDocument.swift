import FleetModel
import Foundation

/// What `terraform output -json` writes: the outputs of a state.
package struct OutputDocument: Sendable {
    package let valueByName: [String: OutputValue]

    /// nil for a text that is no such document.
    package init?(json: String) {
        struct Output: Decodable {
            let value: JSONValue
        }
        guard let outputs = [String: Output](json: json.utf8) else { return nil }
        valueByName = outputs.mapValues { OutputValue($0.value) }
    }
}

/// The value of one output, of whatever type.
package struct OutputValue: Equatable, Sendable {
    private let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    /// For a line: a text as it is, anything else as JSON.
    package var words: String {
        switch value {
        case .text(let text): text
        case .null: ""
        default:
            String(decoding: Self.json(value), as: UTF8.self)
        }
    }

    private static func json(_ value: JSONValue) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(value)
        } catch {
            preconditionFailure("what was decoded from JSON can be encoded")
        }
    }
}

extension OutputValue: Encodable {
    package func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
