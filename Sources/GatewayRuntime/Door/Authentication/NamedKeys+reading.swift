/// Reading keys as they are written in the environment and in a file.
extension NamedKeys {
    /// Why a list of keys can't serve. No case holds a key.
    enum Refusal: Error, Equatable {
        case none
        case tooMany
        /// `position` counts from one.
        case notNamed(position: Int)
        case tooShort(name: String)
        case badCharacters(name: String)
        case badDigest(name: String)
        /// Two names have the same key, so that nobody could say who uses it.
        case shared(String, String)

        var words: String {
            switch self {
            case .none: "holds no key; write name:key, with keys such as openssl rand -hex 24 makes"
            case .tooMany: "holds more than \(NamedKeys.mostKeys) keys"
            case .notNamed(let position):
                "entry \(position) is not name:key, where a name has letters, digits, '.', '-' and '_'"
            case .tooShort(let name):
                "the key of \(name) has less than \(NamedKeys.shortestKey) characters; make one with: "
                    + "openssl rand -hex 24"
            case .badCharacters(let name): "the key of \(name) has other characters than visible ASCII"
            case .badDigest(let name): "after sha256: the key of \(name) has 64 hexadecimal digits"
            case .shared(let one, let other): "\(one) and \(other) have the same key"
            }
        }
    }

    /// `name:key` or `name:sha256:digest`, each.
    init(reading texts: [String]) throws(Refusal) {
        guard !texts.isEmpty else { throw .none }
        guard texts.count <= Self.mostKeys else { throw .tooMany }
        var entries: [Entry] = []
        var nameByDigest: [[UInt8]: String] = [:]
        for (index, text) in texts.enumerated() {
            let entry = try Self.entry(text, position: index + 1)
            if let other = nameByDigest[entry.digest], other != entry.name { throw .shared(other, entry.name) }
            nameByDigest[entry.digest] = entry.name
            entries.append(entry)
        }
        self.init(entries)
    }

    /// The lines of a file: one key each; empty ones and those that begin with `#` say nothing.
    init(lines text: String) throws(Refusal) {
        let lines = text.split { $0.isNewline }.map { line in
            String(line.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }
        try self.init(reading: lines.filter { !$0.isEmpty && !$0.hasPrefix("#") })
    }

    private static func entry(_ text: String, position: Int) throws(Refusal) -> Entry {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let isNamed = parts[0].utf8.allSatisfy {
            $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") || (0x30...0x39).contains($0)
                || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
        guard parts.count == 2, isNamed, !parts[0].isEmpty else { throw .notNamed(position: position) }
        let name = String(parts[0])
        if parts[1].hasPrefix("sha256:") {
            guard let digest = bytes(ofHex: parts[1].dropFirst(7)) else { throw .badDigest(name: name) }
            return Entry(name: name, digest: digest)
        }
        let isVisible = parts[1].utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x2C }
        guard isVisible else { throw .badCharacters(name: name) }
        guard parts[1].utf8.count >= shortestKey else { throw .tooShort(name: name) }
        return Entry(name: name, digest: digest(of: String(parts[1])))
    }

    private static func bytes(ofHex text: Substring) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var digits = text[...]
        while let high = digits.popFirst()?.hexDigitValue, let low = digits.popFirst()?.hexDigitValue {
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes.count == 32 ? bytes : nil
    }
}
