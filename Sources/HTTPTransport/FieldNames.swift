import NIOHTTP1

/// Names of header fields, found without regard to case and without a copy of the name.
package struct FieldNames: Sendable {
    private let byLength: [[[UInt8]]]
    /// A bit for every length that one of them has, the longest ones apart.
    private let lengths: UInt64

    /// Fields that speak of one connection only (RFC 9110, 7.6.1).
    package static let hopByHop = [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect",
    ]

    /// `names`: in lower case.
    package init(_ names: [String]) {
        let longest = names.map(\.utf8.count).max() ?? 0
        lengths = names.reduce(0) { $0 | 1 << UInt64(min($1.utf8.count, 63)) }
        byLength = (0...longest).map { length in names.map { Array($0.utf8) }.filter { $0.count == length } }
    }

    package func contains(_ name: String) -> Bool {
        let bytes = name.utf8
        guard lengths >> UInt64(min(bytes.count, 63)) & 1 == 1, bytes.count < byLength.count else { return false }
        return byLength[bytes.count].contains { known in known.elementsEqual(bytes) { $0 == $1 | 0x20 } }
    }
}

extension String {
    /// Whether it is a field's name, in any case. What was read off the wire is in lower case.
    /// - Parameter name: in lower case; letters, digits and hyphens only.
    @inline(__always)
    func isField(_ name: String) -> Bool {
        utf8.count == name.utf8.count && (self == name || utf8.elementsEqual(name.utf8) { $0 | 0x20 == $1 })
    }
}

extension HTTPHeaders {
    /// The first value of a field. Every request is asked for a dozen of them.
    /// - Parameter name: in lower case; letters, digits and hyphens only.
    package func value(_ name: String) -> String? {
        for (given, value) in self where given.isField(name) { return value }
        return nil
    }
}
