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
