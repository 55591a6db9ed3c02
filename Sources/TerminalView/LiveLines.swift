/// Lines at the end of a terminal that are drawn over (ECMA-48: cursor up, erase line).
package enum LiveLines {
    /// - Parameters:
    ///   - notes: lines that stay, above the others.
    ///   - over: how many lines were drawn the last time.
    ///   - columns: the width of the terminal: a longer line would wrap, and never be drawn over whole.
    package static func text(notes: [String], lines: [String], over drawn: Int, columns: Int) -> String {
        let up = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
        let all = notes + lines.map { String($0.prefix(max(1, columns - 1))) }
        return up + all.map { "\u{1B}[2K\($0)\n" }.joined()
    }
}
