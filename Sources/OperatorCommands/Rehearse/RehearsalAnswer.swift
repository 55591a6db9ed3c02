import FleetModel
import TerminalView

/// What a rehearsal showed, and what it could not.
struct RehearsalAnswer: RegionsAnswer {
    let fleet: String
    let regions: [String]
    /// Whether tasks ran as containers.
    let hasContainers: Bool
    /// Why not, where they did not.
    let withoutContainers: String?
    /// In seconds.
    let lasted: Double
    let acts: [RehearsalRecord]
    /// What no rehearsal here can show.
    let notShown: [String]
    /// `passed`, `failed` or `interrupted`.
    let verdict: RehearsalRecord.State

    init(
        fleet: String,
        regions: [String],
        withoutContainers: String?,
        lasted: Double,
        acts: [RehearsalRecord],
        notShown: [String]
    ) {
        self.fleet = fleet
        self.regions = regions
        self.withoutContainers = withoutContainers
        self.lasted = lasted
        self.acts = acts
        self.notShown = notShown
        hasContainers = withoutContainers == nil
        let isGood = acts.allSatisfy { [.passed, .omitted].contains($0.state) }
        verdict = acts.contains { $0.state == .interrupted } ? .interrupted : isGood ? .passed : .failed
    }

    var problems: [Problem] { acts.flatMap(\.problems) }
    var isGood: Bool { verdict == .passed }

    func text(ink: Ink) -> String {
        var table = Table(["ACT", "RESULT", "TIME", ""])
        for act in acts {
            let time = act.state == .omitted ? "" : Self.time(act.lasted)
            table.add([act.stage.rawValue, act.state.rawValue, time, act.facts.first.map(VisibleText.line) ?? ""])
        }
        let head =
            "The rehearsal of \(fleet) in \(regions.joined(separator: ", ")) \(verdict.words), in \(Self.time(lasted)).\n"
        let rest = ["Not shown by it:"] + notShown.map { "  - \($0)" }
        return ink.bold(head) + table.text(ink: ink) + rest.joined(separator: "\n") + "\n"
    }

    /// `1 min 43 s`, or `0.4 s`.
    static func time(_ seconds: Double) -> String {
        guard seconds >= 10 else { return "\((seconds * 10).rounded() / 10) s" }
        let whole = Int(seconds.rounded())
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}

extension RehearsalRecord.State {
    /// After a subject.
    var words: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .omitted: "was left out"
        case .interrupted: "was interrupted"
        }
    }
}
