import AWSOperations
import FleetModel
import TerminalView

/// What a verb changed in every region, and why it could not in some.
struct ChangeAnswer: RegionsAnswer {
    let changes: [RegionChange]
    let problems: [Problem]

    func text(ink: Ink) -> String {
        guard !changes.isEmpty else { return "" }
        var table = Table(["REGION", "WAS", "NOW", "REVISION", "TASKS", "STATE"])
        for change in changes {
            let tasks = change.tasks.map { "\($0.running)/\($0.desired)" } ?? ""
            table.add([change.region, change.was, change.now, change.revision ?? "", tasks, change.state.rawValue])
        }
        return table.text(ink: ink) + notes.map { $0 + "\n" }.joined()
    }

    /// Each sentence once; with the regions it is about where it is not about all of them.
    private var notes: [String] {
        var order: [String] = []
        for note in changes.flatMap(\.notes) where !order.contains(note) { order.append(note) }
        return order.map { note in
            let regions = changes.filter { $0.notes.contains(note) }.map(\.region)
            return regions.count == changes.count ? note : "\(regions.joined(separator: ", ")): \(note)"
        }
    }
}

extension Effects {
    /// Answers, tells the problems of single regions on stderr, and says how it ended.
    func tell(_ outcomes: [RegionOutcome<RegionChange>], as format: OutputFormat) -> Outcome {
        tell(
            ChangeAnswer(changes: outcomes.compactMap(\.value), problems: outcomes.compactMap(\.problem)), as: format)
    }
}
