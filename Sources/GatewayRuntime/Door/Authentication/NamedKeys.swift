import Crypto

/// The keys that let their holders in. What is kept of a key is its SHA-256; several may bear one name, while one replaces
/// another.
struct NamedKeys: Sendable {
    /// A shorter key is refused.
    static let shortestKey = 16
    static let mostKeys = 1_000

    struct Entry: Equatable, Sendable {
        let name: String
        let digest: [UInt8]
    }

    let entries: [Entry]

    init(_ entries: [Entry]) { self.entries = entries }

    /// Where the key stands among the entries. Takes as long for the first key as for the last, and for one that is
    /// almost right as for one that is not: neither the loop nor a comparison ends early.
    func index(of key: String) -> Int? {
        let digest = Self.digest(of: key)
        var found = -1
        for (index, entry) in entries.enumerated() {
            var difference: UInt8 = 0
            for (mine, theirs) in zip(entry.digest, digest) { difference |= mine ^ theirs }
            let isEqual = 1 - Int((UInt16(difference) + 0xFF) >> 8)
            found = found * (1 - isEqual) + index * isEqual
        }
        return found < 0 ? nil : found
    }

    static func digest(of key: String) -> [UInt8] { Array(SHA256.hash(data: Array(key.utf8))) }
}
