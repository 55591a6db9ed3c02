/// Something every file is held to. Looks at one file at a time and says where it is not kept.
struct Rule: Sendable {
    /// What the rule says, as a sentence about the files.
    let name: String
    /// What to do instead.
    let remedy: String
    /// The files it is for.
    let applies: @Sendable (SourceFile) -> Bool
    /// Where a file breaks it, with what stands there.
    let breaches: @Sendable (SourceFile) -> [Breach]
    /// The files that may break it, each with its reason.
    var exceptions: [String: String] = [:]

    struct Breach: Sendable, Equatable {
        /// Counted from 1.
        let line: Int
        let what: String
    }

    /// One line per breach: where, the rule, what stands there, the remedy.
    func findings(in file: SourceFile) -> [String] {
        guard applies(file), exceptions[file.path] == nil else { return [] }
        return breaches(file).map { "\(file.path):\($0.line): \(name): \($0.what). Remedy: \(remedy)" }
    }

    static let all: [Rule] =
        words + sizes + names + [arrows, gatewayStaysSmall, yamlInOnePlace, processesInTheirPlaces]
}
