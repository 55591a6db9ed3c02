import TerminalView

/// What `doctor` found, place by place.
struct DoctorAnswer: Answer {
    let checks: [Checkup]
    let isGood: Bool

    init(checks: [Checkup]) {
        self.checks = checks
        isGood = !checks.contains { $0.verdict == .problem }
    }

    func text(ink: Ink) -> String {
        var lines: [String] = []
        var place: String?
        for check in checks {
            if check.place != place { lines.append(ink.bold(VisibleText.line(check.place))) }
            place = check.place
            let word = check.verdict.rawValue + String(repeating: " ", count: 9 - check.verdict.rawValue.count)
            lines.append("  \(coloured(word, check.verdict, ink))\(VisibleText.line(check.says))")
            if let fix = check.fix { lines.append("           " + ink.cyan("Fix:") + " " + VisibleText.line(fix)) }
        }
        return (lines + [summary]).map { $0 + "\n" }.joined()
    }

    private func coloured(_ word: String, _ verdict: Checkup.Verdict, _ ink: Ink) -> String {
        switch verdict {
        case .ok, .note: ink.faint(word)
        case .warning: ink.bold(word)
        case .problem: ink.red(word)
        }
    }

    private var summary: String {
        func count(_ verdict: Checkup.Verdict, _ noun: String) -> String {
            let number = checks.filter { $0.verdict == verdict }.count
            return "\(number) \(noun)\(number == 1 ? "" : "s")"
        }
        return "\(count(.problem, "problem")), \(count(.warning, "warning")), \(count(.note, "note"))."
    }
}
