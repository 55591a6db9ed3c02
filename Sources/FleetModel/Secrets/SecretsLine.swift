/// One `NAME=value` line of `slipway.env`.
struct SecretsLine {
    let name: String
    let secret: Secret

    /// The rule a line breaks. It carries no part of the line, so that no value can leak through it.
    enum Fault: Error {
        case noEqualsSign
        case badName
        case unclosedQuote
        case textAfterQuote
        case unknownEscape
    }

    static func parse(_ line: String) -> Result<SecretsLine, Fault> {
        let assignment = line.hasPrefix("export ") ? line.dropFirst("export ".count).trimmingSpaces() : line
        guard let equals = assignment.firstIndex(of: "=") else { return .failure(.noEqualsSign) }
        let name = assignment[..<equals].trimmingSpaces()
        guard name.isEnvironmentName else { return .failure(.badName) }
        return value(of: assignment[assignment.index(after: equals)...].trimmingSpaces())
            .map { SecretsLine(name: name, secret: Secret($0)) }
    }

    private static func value(of text: String) -> Result<String, Fault> {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            return .success(withoutComment(text))
        }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if character == quote {
                let tail = rest.trimmingSpaces()
                return tail.isEmpty || tail.hasPrefix("#") ? .success(value) : .failure(.textAfterQuote)
            }
            if character == "\\", quote == "\"" {
                guard let escaped = rest.popFirst().flatMap({ escapes[$0] }) else { return .failure(.unknownEscape) }
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return .failure(.unclosedQuote)
    }

    private static let escapes: [Character: Character] = ["n": "\n", "t": "\t", "\"": "\"", "\\": "\\", "$": "$"]

    private static func withoutComment(_ text: String) -> String {
        var value = ""
        for character in text {
            if character == "#", value.isEmpty || value.last == " " || value.last == "\t" { break }
            value.append(character)
        }
        return value.trimmingSpaces()
    }
}

extension SecretsLine.Fault {
    func problem(at place: Problem.Place) -> Problem {
        let (summary, hint) =
            switch self {
            case .noEqualsSign:
                ("this line is not NAME=value", "write NAME=value, or start the line with # to make it a comment")
            case .badName:
                (
                    "the name before = is not a name for an environment variable",
                    "use letters, digits and _ only, and do not start with a digit"
                )
            case .unclosedQuote:
                ("a quote is opened and never closed", "close the quote on the same line")
            case .textAfterQuote:
                ("there is text after the closing quote", "put the whole value inside the quotes")
            case .unknownEscape:
                (
                    "a backslash in double quotes is followed by something with no meaning",
                    "put the value in single quotes, where a backslash is only a backslash"
                )
            }
        return Problem(.syntax, at: place, summary, hint: hint)
    }
}
