/// What things are called.
extension Rule {
    static let names: [Rule] = [
        Rule(
            name: "no type bears its module's name",
            remedy: "rename the type: with both called the same, Module.Type cannot be written",
            applies: { $0.isSwift && $0.target != nil },
            breaches: { file in
                let module = (file.target ?? "").replacing("-", with: "_")
                return lines(of: file.code, matching: #"\b(struct|class|enum|actor|protocol|typealias)\s+\#(module)\b"#)
            }
        ),
        Rule(
            name: "a file is named for the type it holds",
            remedy: "name the file after the type, or Type+topic.swift where it extends one",
            applies: { $0.isSwift && $0.target != nil && $0.name != "main" },
            breaches: { file in
                let types = topLevelTypes(in: file.code)
                let name = String(file.name.prefix { $0 != "+" })
                guard let first = types.first, !types.contains(where: { $0.what == name }) else { return [] }
                return [Breach(line: first.line, what: "'\(first.what)' stands in \(file.name).swift")]
            }
        ),
    ]

    /// The types declared or extended at the left margin. `extension A.B` counts as both, so that `A+B.swift` and
    /// `B.swift` may hold it.
    private static func topLevelTypes(in code: [String]) -> [Breach] {
        let declaration =
            /^(?:[@\w]+(?:\([^)]*\))?\s+)*(?:struct|class|enum|actor|protocol|typealias|extension)\s+(?<name>[\w.]+)/
        return code.enumerated().flatMap { index, line -> [Breach] in
            guard let first = line.first, first != " ", let match = line.firstMatch(of: declaration) else { return [] }
            return match.name.split(separator: ".").map { Breach(line: index + 1, what: String($0)) }
        }
    }
}
