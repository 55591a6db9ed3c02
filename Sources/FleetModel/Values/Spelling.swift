/// Finds the word an operator probably meant.
package enum Spelling {
    /// The candidate fewest edits away, if it is near enough to be a slip of the finger rather than another word.
    package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let folded = word.lowercased().replacing("-", with: "_")
        let allowance = max(2, word.count / 3)
        return
            candidates
            .map { (candidate: $0, edits: edits(from: folded, to: $0.lowercased().replacing("-", with: "_"))) }
            .filter { $0.edits <= allowance && $0.edits < $0.candidate.count }
            .min { $0.edits < $1.edits }?
            .candidate
    }

    /// Letters left out, put in, replaced, or swapped with their neighbour (optimal string alignment).
    private static func edits(from first: String, to second: String) -> Int {
        let source = Array(first)
        let target = Array(second)
        var older: [Int] = []
        var row = Array(0...target.count)
        for index in source.indices {
            var next = [index + 1]
            for column in target.indices {
                let substitution = row[column] + (source[index] == target[column] ? 0 : 1)
                var least = min(substitution, row[column + 1] + 1, next[column] + 1)
                if index > 0, column > 0, source[index] == target[column - 1], source[index - 1] == target[column] {
                    least = min(least, older[column - 1] + 1)
                }
                next.append(least)
            }
            (older, row) = (row, next)
        }
        return row[target.count]
    }
}
