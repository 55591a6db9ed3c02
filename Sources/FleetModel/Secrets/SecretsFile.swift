/// The git-ignored `slipway.env`: the secrets a server needs when it runs on a laptop.
///
/// Lines are `NAME=value`, optionally after `export `. Blank lines and lines starting with `#` are skipped.
/// A value in single quotes is taken as it stands; in double quotes `\n`, `\t`, `\"`, `\\` and `\$` are
/// unescaped; an unquoted value ends before ` #`. Nothing is ever expanded. A problem never quotes a value.
package enum SecretsFile {
    package static let name = "slipway.env"

    /// The secrets by name, or every problem in the text at once.
    package static func parse(_ text: String, named file: String = name) throws(Problems) -> [String: Secret] {
        var secretByName: [String: Secret] = [:]
        var lineByName: [String: Int] = [:]
        var problems: [Problem] = []
        for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let place = Problem.Place.file(file, line: offset + 1)
            let trimmed = line.trimmingSpaces()
            guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { continue }
            switch SecretsLine.parse(trimmed) {
            case .failure(let fault):
                problems.append(fault.problem(at: place))
            case .success(let entry):
                if let first = lineByName[entry.name] {
                    problems.append(
                        Problem(
                            .duplicateKey,
                            at: place,
                            "\(entry.name) is set twice",
                            detail: "Line \(first) sets it already.",
                            hint: "remove one of the two lines"
                        )
                    )
                }
                lineByName[entry.name] = offset + 1
                secretByName[entry.name] = entry.secret
            }
        }
        guard problems.isEmpty else { throw Problems(problems) }
        return secretByName
    }
}
