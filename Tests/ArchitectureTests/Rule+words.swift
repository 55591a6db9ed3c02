/// Words that have no place in the sources.
///
/// Force unwraps and `try!` in every corner are the formatter's to refuse (`NeverForceUnwrap`, `NeverUseForceTry` in
/// `.swift-format`): it parses, this only reads.
extension Rule {
    static let words: [Rule] = [
        word(
            "nothing is printed in passing",
            #"(^|[^\w.])(print|debugPrint|dump)\("#,
            remedy: "return the text, or write it where the program writes its output"
        ),
        word(
            "the process is asked in one place",
            #"\bProcessInfo\b"#,
            remedy: "take the value as a parameter; the live effects supply it",
            exceptions: liveEffects
        ),
        word(
            "time is a parameter",
            #"\bDate\(\)|\bDate\.now\b"#,
            remedy: "take a clock or an instant as a parameter; the live effects supply it",
            exceptions: liveEffects
        ),
        word(
            "work has an owner",
            #"\bTask\s*(<[^>]*>)?\s*(\([^)]*\)\s*)?\{|\bTask\.(detached|immediate)\b"#,
            remedy: "make it a child of a task group or a Service in the service group"
        ),
        word(
            "a fault is an error",
            #"\bfatalError\("#,
            remedy: "throw a Problem; for a programmer's mistake use precondition"
        ),
        word(
            "an error is handled",
            #"\btry!"#,
            remedy: "let it throw, or catch it and say what it means"
        ),
        word(
            "the compiler checks data races",
            #"\bnonisolated\(unsafe\)|@unchecked\s+Sendable"#,
            remedy: "use an actor, a Mutex or a value"
        ),
        Rule(
            name: "an ignored error has its reason",
            remedy: "handle the error, or say after // on the same line why it does not matter",
            applies: { $0.isProduct },
            breaches: { file in
                lines(of: file.code, matching: #"\btry\?"#).filter { file.comments[$0.line - 1].isEmpty }
            }
        ),
        Rule(
            name: "nothing is left for later",
            remedy: "do it now, or open an issue and name it in the commit",
            applies: { _ in true },
            breaches: { lines(of: $0.comments, matching: #"\b(TODO|FIXME|XXX)\b"#) }
        ),
    ]

    /// The one file that hands the clock, the environment and the process to the commands.
    private static let liveEffects = [
        "Sources/OperatorCommands/Effects/Effects+live.swift": "supplies the live effects"
    ]

    private static func word(
        _ name: String,
        _ pattern: String,
        remedy: String,
        exceptions: [String: String] = [:]
    ) -> Rule {
        Rule(
            name: name,
            remedy: remedy,
            // Tests may print and wait as they like: what they break, they break in front of whoever runs them.
            applies: { $0.isProduct },
            breaches: { lines(of: $0.code, matching: pattern) },
            exceptions: exceptions
        )
    }

    /// The lines a pattern is found on, with what it found.
    static func lines(of lines: [String], matching pattern: String) -> [Breach] {
        do {
            // Simple, because in Unicode's own rules the dot of `Task.detached` does not end the word.
            let regex = try Regex(pattern).wordBoundaryKind(.simple)
            return try lines.enumerated().compactMap { index, line in
                guard !line.isEmpty, let match = try regex.firstMatch(in: line) else { return nil }
                return Breach(line: index + 1, what: "'\(line[match.range].drop { $0 == " " })'")
            }
        } catch {
            return [Breach(line: 1, what: "the rule's own pattern '\(pattern)' cannot be used (\(error))")]
        }
    }
}

extension SourceFile {
    /// Whether this is Swift that somebody runs, rather than a test.
    var isProduct: Bool { isSwift && !isUnder("Tests") }
}
