import Yams

/// Why a text is not YAML we can read, in the operator's words.
struct YAMLFault {
    private let position: Position?
    private let summary: String
    private let detail: String?
    private let hint: String

    init(_ error: YamlError, text: String) {
        switch error {
        case .scanner(let context, let words, let mark, _),
            .parser(let context, let words, let mark, _),
            .composer(let context, let words, let mark, _):
            self.init(words: Self.sentence(context, words), mark: mark, text: text)
        case .reader(let words, _, _, _):
            self.init(words: words)
        default:
            self.init(words: "\(error)")
        }
    }

    init(words: String) {
        position = nil
        summary = "the file is not readable as YAML"
        detail = words.isEmpty ? nil : words
        hint = "save the file as plain UTF-8 text"
    }

    init(notAMapping node: Node) {
        position = node.mark.map { Position(line: $0.line, column: $0.column) }
        summary = "the file is not a list of settings"
        detail = nil
        hint = "start each line with a setting and a colon, such as project_name: my-mcp"
    }

    init(duplicateKey key: String, position: Position) {
        self.position = position
        summary = "\(key) is written twice"
        detail = nil
        hint = "remove one of the two"
    }

    private init(words: String, mark: Mark, text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = lines.indices.contains(mark.line - 1) ? String(lines[mark.line - 1]) : ""
        position = Position(line: mark.line, column: mark.column)
        summary = "this is not readable as YAML"
        detail = words
        hint = Self.hint(for: line, lines: lines.prefix(mark.line - 1))
    }

    func problem(in file: String) -> Problem {
        let place = Problem.Place.file(file, line: position?.line, column: position?.column)
        return Problem(.syntax, at: place, summary, detail: detail, hint: hint)
    }

    private static func sentence(_ context: YamlError.Context?, _ words: String) -> String {
        guard let context else { return "The reader of YAML says: \(words)." }
        return "The reader of YAML says: \(context.text) (which starts on line \(context.mark.line)), \(words)."
    }

    /// The commonest slip that fits the line; the reader's own words seldom name it.
    private static func hint(for line: String, lines: ArraySlice<Substring>) -> String {
        if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
            return "indent with spaces: YAML does not allow tabs"
        }
        let colons = line.ranges(of: ": ").count
        if colons > 1, !line.contains("{") { return "put a value that has a colon in it in double quotes" }
        if (lines + [Substring(line)]).joined().filter({ $0 == "\"" }).count % 2 == 1 {
            return "close the double quotes opened on this line or above it"
        }
        if line.trimmingSpaces().first == "@" || line.contains(": @") || line.contains(": `") || line.contains(": %") {
            return "put the value in double quotes"
        }
        return "look at this line and the one above it: the same indentation within a section, a colon and a "
            + "space after each setting, and every bracket closed"
    }
}
