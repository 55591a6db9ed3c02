import AWSOperations
import FleetModel
import TerminalView

/// Writes lines of several regions as one log.
struct LogView: Sendable {
    private let width: Int
    private let format: OutputFormat
    private let effects: Effects

    init(regions: [Region], format: OutputFormat, effects: Effects) {
        width = regions.map(\.name.count).max() ?? 0
        self.format = format
        self.effects = effects
    }

    /// Shows lines by their time; those of the same moment stay as they come.
    func show(_ events: [LogEvent]) {
        guard !events.isEmpty else { return }
        let sorted = events.enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        let ink = effects.outInk
        // In pieces, so that a long log is not built twice over in memory.
        for start in stride(from: 0, to: sorted.count, by: 500) {
            let lines = sorted[start..<min(start + 500, sorted.count)].map(LogLine.init)
            effects.console.out(
                lines.map { format == .json ? JSONLine.encode($0) : $0.text(width: width, ink: ink) }.joined())
        }
    }

    func tellWhatIsMissing(_ excerpt: LogExcerpt?, _ region: String) {
        guard let excerpt else { return }
        if excerpt.leftOut > 0 {
            effects.console.err(
                "\(region): \(excerpt.leftOut) earlier lines are left out; narrow it with --since, or raise --limit\n")
        }
        if excerpt.isCut, let last = excerpt.events.last {
            let time = LogLine.words(milliseconds: last.time)
            effects.console.err("\(region): there is more after \(time); read on with --since \(time)\n")
        }
    }

    func tell(_ problems: [Problem]) {
        guard !problems.isEmpty else { return }
        effects.console.err(
            format == .json
                ? ProblemView.json(Problems(problems)) : ProblemView.text(Problems(problems), ink: effects.errInk))
    }
}
