import FleetModel
import TerminalView

/// What a destroy has done, region by region.
struct DestroyAnswer: RegionsAnswer {
    struct Row: Encodable, Sendable {
        let region: String
        /// How many resources are gone.
        let destroyed: Int
    }

    let regions: [Row]
    let problems: [Problem]

    func text(ink: Ink) -> String {
        guard !regions.isEmpty else { return "" }
        var table = Table(["REGION", "DESTROYED"])
        for row in regions { table.add([row.region, row.destroyed == 0 ? "nothing was there" : "\(row.destroyed)"]) }
        return table.text(ink: ink)
    }
}
