import FleetModel
import TerminalView
import TerraformDriver

/// What an apply has done, region by region.
struct ApplyAnswer: RegionsAnswer {
    enum State: String, Encodable, Sendable {
        case applied
        case unchanged
    }

    struct Row: Encodable, Sendable {
        let region: String
        let state: State
        let count: ChangeCount
        /// How the tasks are, in words; nil where nobody waited for them.
        var tasks: String?
        var url: String?
    }

    let rows: [Row]
    let problems: [Problem]

    func text(ink: Ink) -> String {
        guard !rows.isEmpty else { return "" }
        var table = Table(["REGION", "STATE", "CHANGES", "TASKS", "URL"])
        for row in rows {
            table.add([
                row.region, row.state.rawValue, row.state == .unchanged ? "none" : row.count.done, row.tasks ?? "",
                row.url ?? "",
            ])
        }
        return table.text(ink: ink)
    }
}
