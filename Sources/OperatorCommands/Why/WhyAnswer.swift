import AWSOperations
import FleetModel
import TerminalView

/// What explains each region, and why some could not be asked.
struct WhyAnswer: RegionsAnswer {
    struct Row: Encodable, Sendable {
        let region: String
        let state: RegionStatus.State
        /// Whether nobody has to do anything.
        let isGood: Bool
        let running: Int
        let desired: Int
        let findings: [Diagnosis]
        let notLookedAt: [String]

        init(_ facts: RegionFacts) {
            region = facts.region
            state = facts.status.state
            running = facts.status.running
            desired = facts.status.desired
            findings = Diagnosis.all(of: facts)
            isGood = findings.allSatisfy { !$0.isFault }
            notLookedAt = facts.notLookedAt
        }
    }

    let regions: [Row]
    let problems: [Problem]

    var isGood: Bool { regions.allSatisfy(\.isGood) }

    func text(ink: Ink) -> String {
        regions.map { lines($0, ink).map { $0 + "\n" }.joined() }.joined(separator: "\n")
    }

    private func lines(_ row: Row, _ ink: Ink) -> [String] {
        let tasks = row.state == .absent ? "" : ", \(row.running) of \(row.desired) tasks run"
        var lines = [ink.bold("\(row.region): \(row.state.rawValue)") + tasks]
        if row.findings.isEmpty { lines.append("  Everything is as it should be.") }
        for (index, finding) in row.findings.enumerated() {
            lines.append("  \(index + 1). \(VisibleText.line(finding.cause))")
            lines += finding.evidence.map { "     " + ink.faint(VisibleText.line($0)) }
            lines.append("     " + ink.cyan("Fix:") + " " + VisibleText.line(finding.fix))
        }
        return lines + row.notLookedAt.map { "  Not looked at: \(VisibleText.line($0))" }
    }
}
