/// Every problem of one judgement, thrown together so that an operator mends them in one go.
///
/// Never empty in use; sorted by line, in the order found where the line is the same, and without repeats
/// (one bad value under `defaults` is one problem, however many regions inherit it).
package struct Problems: Error, Equatable, Sendable {
    package let all: [Problem]

    package init(_ problems: [Problem]) {
        var distinct: [Problem] = []
        for problem in problems where !distinct.contains(problem) {
            distinct.append(problem)
        }
        all = distinct.enumerated()
            .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
            .map(\.element)
    }
}

extension Problem {
    /// The line to sort by; what has no line comes first.
    fileprivate var line: Int {
        guard case .file(_, let line?, _) = place else { return 0 }
        return line
    }
}
