import FleetModel
import Foundation

/// The JSON object in a server's secret: names and texts.
package struct ServerSecrets: Sendable {
    private var values: [String: Secret]

    /// nil where the value is something else, which is left alone and never quoted.
    package init?(_ held: HeldSecret) {
        let bytes: Data
        switch held {
        case .nothing:
            values = [:]
            return
        case .text(let text): bytes = Data(text.reveal().utf8)
        case .bytes: return nil
        }
        guard let object = [String: String](json: bytes) else {
            return nil
        }
        values = object.mapValues { Secret($0) }
    }

    /// The keys that have a value.
    package var names: Set<String> { Set(values.filter { !$0.value.reveal().isEmpty }.keys) }

    package mutating func set(_ name: String, _ value: Secret) { values[name] = value }

    /// The object to put in, its keys sorted.
    package var json: Secret {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Secret(String(decoding: try encoder.encode(values.mapValues { $0.reveal() }), as: UTF8.self))
        } catch {
            preconditionFailure("texts always encode")
        }
    }
}
