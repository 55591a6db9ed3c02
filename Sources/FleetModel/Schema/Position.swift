/// A place in a text; both count from 1.
struct Position: Sendable, Equatable {
    let line: Int
    let column: Int

    static let start = Position(line: 1, column: 1)
}
