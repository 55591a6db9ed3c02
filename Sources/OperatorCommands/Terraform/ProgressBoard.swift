import TerminalView
import TerraformDriver

/// A line for each region: redrawn in place on a terminal, written once for each piece of news elsewhere.
struct ProgressBoard: Sendable {
    private struct Row {
        var phase = "waiting"
        var total: Int?
        var progress = TerraformProgress()
        var isOver = false
    }

    private let regions: [String]
    private let isLive: Bool
    private var rows: [String: Row] = [:]
    /// The regions' lines as they stand on the terminal.
    private var drawn: [String] = []

    /// - Parameter isLive: whether lines may be drawn over.
    init(regions: [String], isLive: Bool) {
        self.regions = regions
        self.isLive = isLive
    }

    /// What to write for a line that is about all regions: it stays, above theirs.
    ///
    /// - Parameter columns: the width of the terminal now.
    mutating func say(_ words: String, columns: Int) -> String {
        isLive && !drawn.isEmpty ? redrawn(under: [words], columns) : words + "\n"
    }

    /// What to write for a piece of news; nothing where there is nothing to see.
    ///
    /// - Parameter columns: the width of the terminal now.
    mutating func take(_ news: RegionNews, columns: Int) -> String {
        var row = rows[news.region, default: Row()]
        let before = row
        var notes: [String] = []
        switch news.what {
        case .phase(let phase, let total): row = Row(phase: phase, total: total)
        case .progress(let progress): row.progress = progress
        case .note(let words): notes = ["\(news.region): \(words)"]
        case .ended(let words): (row.phase, row.isOver) = (words, true)
        }
        rows[news.region] = row
        if isLive { return redrawn(under: notes, columns) }
        if row.phase != before.phase { notes.append("\(news.region): \(row.phase)") }
        let share = Self.share(row)
        notes += Self.newlyDone(before.progress, row.progress).map { "\(news.region):\(share) \($0)" }
        return notes.map { $0 + "\n" }.joined()
    }

    private mutating func redrawn(under notes: [String], _ columns: Int) -> String {
        let lines = regions.map { line($0) }
        guard lines != drawn || !notes.isEmpty else { return "" }
        defer { drawn = lines }
        return LiveLines.text(notes: notes, lines: lines, over: drawn.count, columns: columns)
    }

    private func line(_ region: String) -> String {
        let width = regions.map(\.count).max() ?? 0
        let row = rows[region] ?? Row()
        let name = region + String(repeating: " ", count: width - region.count)
        guard !row.isOver else { return "\(name)  \(row.phase)" }
        let current = row.progress.running.first.map { "  \($0.change.address) \($0.seconds) s" } ?? ""
        return "\(name)  \(row.phase)\(Self.share(row))\(current)"
    }

    private static func share(_ row: Row) -> String { row.total.map { " \(row.progress.finished)/\($0)" } ?? "" }

    /// Changes that ended since, for a log: nothing of those under way.
    private static func newlyDone(_ before: TerraformProgress, _ now: TerraformProgress) -> [String] {
        guard now.finished > before.finished else { return [] }
        let gone = before.running.filter { step in !now.running.contains { $0.change.address == step.change.address } }
        return gone.map { "\($0.change.address) \($0.change.action.past)" }
    }
}
