import FleetModel
import TerminalView
import TerraformDriver

/// What would change, region by region, and why some regions could not be planned.
struct PlanAnswer: RegionsAnswer {
    let regions: [RegionPlan]
    let problems: [Problem]

    init(_ outcomes: [RegionOutcome<RegionPlan>]) {
        regions = outcomes.compactMap(\.value)
        problems = outcomes.compactMap(\.problem)
    }

    /// Whether there is something to carry out, and the operator has not asked to stop meanwhile.
    var isToBeCarriedOut: Bool { hasChanges && !problems.contains { $0.kind == .interrupted } }

    var hasChanges: Bool { regions.contains { !$0.isNothing } }

    func text(ink: Ink) -> String {
        let each = regions.filter { !$0.isNothing || !$0.warnings.isEmpty }.map { details(of: $0, ink) }.joined()
        return each + summary(ink)
    }

    private func details(of plan: RegionPlan, _ ink: Ink) -> String {
        let lines = plan.changes.sorted { $0.address < $1.address }.map { change in
            let sign = String(repeating: " ", count: 3 - change.action.sign.count) + change.action.sign
            return "\(sign) \(change.address)\n"
        }
        let drift = plan.drift.map { "    \($0.address) was \($0.action.past) by somebody else\n" }
        let warnings = plan.warnings.map { "    Warning: \($0.replacing("\n", with: "\n      "))\n" }
        return ink.bold(plan.region) + "\n" + (lines + drift + warnings).joined() + "\n"
    }

    private func summary(_ ink: Ink) -> String {
        guard !regions.isEmpty else { return "" }
        var table = Table(["REGION", "PLAN"])
        for plan in regions { table.add([plan.region, plan.isNothing ? "no changes" : plan.count.words]) }
        return table.text(ink: ink)
    }
}
