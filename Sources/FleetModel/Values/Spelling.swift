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

    /// Levenshtein's distance.
    private static func edits(from first: String, to second: String) -> Int {
        let target = Array(second)
        var row = Array(0...target.count)
        for (index, character) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in target.indices {
                let substitution = diagonal + (character == target[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substitution, row[column] + 1, diagonal + 1)
            }
        }
        return row[target.count]
    }
}
