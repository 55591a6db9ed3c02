/// Rows under headings, the columns aligned and two spaces apart.
package struct Table: Sendable, Equatable {
    private let headings: [String]
    private var rows: [[String]] = []

    package init(_ headings: [String]) {
        self.headings = headings
    }

    /// Adds a row; cells beyond the headings are dropped, and missing ones are empty.
    package mutating func add(_ cells: [String]) {
        rows.append(headings.indices.map { cells.indices.contains($0) ? cells[$0] : "" })
    }

    /// The table, each line ending in a line break and none in spaces. Numbers stand to the right.
    package func text(ink: Ink = .plain) -> String {
        let widths = headings.indices.map { column in
            ([headings] + rows).map { $0[column].count }.max() ?? 0
        }
        let areNumbers = headings.indices.map { column in
            !rows.isEmpty && rows.allSatisfy { Self.isNumber($0[column]) }
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - cells[column].count)
                return areNumbers[column] ? padding + cells[column] : cells[column] + padding
            }
            return String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
        return ([ink.faint(line(headings))] + rows.map(line)).map { $0 + "\n" }.joined()
    }

    private static func isNumber(_ cell: String) -> Bool {
        !cell.isEmpty && cell.allSatisfy { $0.isASCII && $0.isNumber || $0 == "." || $0 == "-" }
    }
}
