/// Why a node does not have the shape its setting asks for. The words go on after the setting's path.
struct ShapeFault: Error {
    let position: Position
    private let kind: Problem.Kind
    private let words: String
    private let hint: String

    init(_ position: Position, _ words: String, _ hint: String, kind: Problem.Kind = .wrongType) {
        self.position = position
        self.kind = kind
        self.words = words
        self.hint = hint
    }

    func problem(path: String, at place: Problem.Place) -> Problem {
        Problem(kind, at: place, "\(path) \(words)", hint: hint)
    }
}
