/// A problem before it knows the file's name.
struct Finding {
    let kind: Problem.Kind
    let position: Position
    let summary: String
    let detail: String?
    let hint: String

    init(_ kind: Problem.Kind, _ position: Position, _ summary: String, detail: String? = nil, hint: String) {
        self.kind = kind
        self.position = position
        self.summary = summary
        self.detail = detail
        self.hint = hint
    }

    /// What a value breaks; `words` go on after the setting's path.
    init<Value>(
        _ kind: Problem.Kind,
        _ written: Written<Value>,
        _ words: String,
        detail: String? = nil,
        hint: String
    ) {
        self.init(kind, written.position, "\(written.path) \(words)", detail: detail, hint: hint)
    }

    /// A value that is wrong by itself.
    init<Value>(_ written: Written<Value>, _ words: String, detail: String? = nil, hint: String) {
        self.init(.invalidValue, written, words, detail: detail, hint: hint)
    }

    func problem(in file: String) -> Problem {
        let place = Problem.Place.file(file, line: position.line, column: position.column)
        return Problem(kind, at: place, summary, detail: detail, hint: hint)
    }
}
