import FleetModel

/// The one place that turns problems into words on a terminal, or into JSON.
package enum ProblemView {
    /// A problem as an operator reads it, ending in a line break.
    ///
    /// The first line says where and what; the detail and the hint follow, indented.
    package static func text(_ problem: Problem, ink: Ink = .plain) -> String {
        let place = problem.place.map { ink.bold(words(for: $0)) + ": " } ?? ""
        var lines = [ink.red("Error:") + " " + place + visible(problem.summary)]
        if let detail = problem.detail {
            lines += visible(detail).split(separator: "\n").map { "  \($0)" }
        }
        if let hint = problem.hint {
            lines.append("  " + ink.cyan("Hint:") + " " + visible(hint))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Every problem, then their number if there are several.
    package static func text(_ problems: Problems, ink: Ink = .plain) -> String {
        let each = problems.all.map { text($0, ink: ink) }.joined()
        return problems.all.count > 1 ? each + ink.faint("\(problems.all.count) problems.") + "\n" : each
    }

    /// `{"problems": [...]}`, ending in a line break.
    package static func json(_ problems: Problems) -> String {
        JSONText.encode(["problems": problems.all])
    }

    private static func words(for place: Problem.Place) -> String {
        switch place {
        case .file(let file, let line?, _): "\(visible(file)):\(line)"
        case .file(let file, nil, _): visible(file)
        case .region(let region, let service?): "\(region): \(service)"
        case .region(let region, nil): region
        }
    }

    /// Without control characters: a file or a server must not be able to drive the operator's terminal.
    private static func visible(_ text: String) -> String {
        let kept = text.unicodeScalars.map { scalar in
            scalar != "\n" && (scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)) ? "\u{FFFD}" : scalar
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: kept)
        return String(view)
    }
}
