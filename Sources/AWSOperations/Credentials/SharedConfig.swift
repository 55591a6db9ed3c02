/// AWS's shared files of profiles (AWS SDKs and Tools Reference Guide, "Shared config and credentials files").
struct SharedConfig: Equatable {
    /// Settings by the profile's name, then by their own.
    let profiles: [String: [String: String]]

    /// - Parameters:
    ///   - config: the text of `~/.aws/config`, whose profiles but `default` are headed `profile name`.
    ///   - credentials: the text of `~/.aws/credentials`, whose settings win.
    init(config: String?, credentials: String?) {
        var profiles = Self.sections(config ?? "").reduce(into: [String: [String: String]]()) { found, section in
            let words = section.name.split(separator: " ", maxSplits: 1).map { $0.trimmed }
            if words.count == 2, words[0] == "profile" { found[words[1], default: [:]].merge(section.settings) { $1 } }
            if words == ["default"] { found["default", default: [:]].merge(section.settings) { $1 } }
        }
        for section in Self.sections(credentials ?? "") {
            profiles[section.name, default: [:]].merge(section.settings) { $1 }
        }
        self.profiles = profiles
    }

    private struct Section {
        let name: String
        var settings: [String: String] = [:]
    }

    /// Indented lines belong to a setting of their own kind (`s3 =`), which nothing here looks at.
    private static func sections(_ text: String) -> [Section] {
        var sections: [Section] = []
        for line in text.split(whereSeparator: \.isNewline) {
            guard let first = line.first, !"#; \t".contains(first) else { continue }
            if first == "[", let end = line.firstIndex(of: "]") {
                sections.append(Section(name: line[line.index(after: line.startIndex)..<end].trimmed))
            } else if let equals = line.firstIndex(of: "="), !sections.isEmpty {
                let name = line[..<equals].trimmed.lowercased()
                sections[sections.count - 1].settings[name] = line[line.index(after: equals)...].trimmed
            }
        }
        return sections
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
