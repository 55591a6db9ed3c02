import FleetModel
import TerminalView
import TerraformDriver

/// What Terraform knows, region by region.
struct OutputAnswer: RegionsAnswer {
    struct Row: Encodable, Sendable {
        let region: String
        let outputs: [String: OutputValue]
    }

    let regions: [Row]
    let problems: [Problem]
    /// Whether one value of one region was asked for, which stands alone then.
    private let isBare: Bool

    private enum CodingKeys: String, CodingKey {
        case regions, problems
    }

    init(_ outcomes: [RegionOutcome<Row>], isBare: Bool) {
        regions = outcomes.compactMap(\.value)
        problems = outcomes.compactMap(\.problem)
        self.isBare = isBare
    }

    func text(ink: Ink) -> String {
        if isBare { return regions.flatMap(\.outputs.values).map { $0.words + "\n" }.joined() }
        var table = Table(["REGION", "OUTPUT", "VALUE"])
        for row in regions {
            for (name, value) in row.outputs.sorted(by: { $0.key < $1.key }) {
                table.add([row.region, name, value.words])
            }
        }
        return regions.isEmpty ? "" : table.text(ink: ink)
    }
}
