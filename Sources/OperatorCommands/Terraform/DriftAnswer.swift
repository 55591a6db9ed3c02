import FleetModel
import TerminalView
import TerraformDriver

/// What has drifted, region by region.
struct DriftAnswer: RegionsAnswer {
    struct Row: Encodable, Sendable {
        let region: String
        let drift: [ResourceDrift]

        var words: String { drift.isEmpty ? "as applied" : "\(drift.count) drifted" }
    }

    let regions: [Row]
    let problems: [Problem]

    init(_ outcomes: [RegionOutcome<Row>]) {
        regions = outcomes.compactMap(\.value)
        problems = outcomes.compactMap(\.problem)
    }

    var hasDrift: Bool { regions.contains { !$0.drift.isEmpty } }

    func text(ink: Ink) -> String {
        let details = regions.filter { !$0.drift.isEmpty }.map { row in
            ink.bold(row.region) + "\n" + row.drift.map(Self.lines).joined() + "\n"
        }
        guard !regions.isEmpty else { return "" }
        var table = Table(["REGION", "DRIFT"])
        for row in regions { table.add([row.region, row.words]) }
        return details.joined() + table.text(ink: ink)
    }

    private static func lines(_ drift: ResourceDrift) -> String {
        guard !drift.isGone else { return "  \(drift.address) is gone\n" }
        return drift.attributes.map { attribute in
            guard let before = attribute.before, let after = attribute.after else {
                return "  \(drift.address): \(attribute.name) is another\n"
            }
            return "  \(drift.address): \(attribute.name) was \(before), is \(after)\n"
        }.joined()
    }
}
