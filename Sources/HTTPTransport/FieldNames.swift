import NIOHTTP1

/// Names of header fields, found without regard to case and without a copy of the name.
package struct FieldNames: Sendable {
    private let byLength: [[[UInt8]]]

    /// Fields that speak of one connection only (RFC 9110, 7.6.1).
    package static let hopByHop = [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect",
    ]

    /// `names`: in lower case.
    package init(_ names: [String]) {
        let longest = names.map(\.utf8.count).max() ?? 0
        byLength = (0...longest).map { length in names.map { Array($0.utf8) }.filter { $0.count == length } }
    }

    package func contains(_ name: String) -> Bool {
        let bytes = name.utf8
        guard bytes.count < byLength.count else { return false }
        return byLength[bytes.count].contains { known in known.elementsEqual(bytes) { $0 == $1 | 0x20 } }
    }
}

extension HTTPHeaders {
    /// The first value of a field. Every request is asked for a dozen of them, so names are told apart by their lengths
    /// first.
    /// - Parameter name: in lower case; letters, digits and hyphens only.
    package func value(_ name: String) -> String? {
        for (given, value) in self where given.utf8.count == name.utf8.count {
            if given.utf8.elementsEqual(name.utf8, by: { $0 | 0x20 == $1 }) { return value }
        }
        return nil
    }
}
