import ArgumentParser
import FleetModel
import TerminalView
import TerraformDriver

/// `slipway plan`: what an apply would change, in all regions.
struct Plan: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what an apply would change, in all regions at once.",
        discussion: """
            Runs terraform plan for each region and keeps the plans in .slipway; slipway apply --planned carries out \
            exactly these. Changes nothing. Exit code 2 where changes are pending, 0 where there are none.
            """
    )

    @Flag(help: "Show each plan whole, in Terraform's own words.")
    var full = false

    @OptionGroup var options: TerraformOptions

    var format: OutputFormat { options.fleet.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let names = try options.regionNames(effects)
        let (answer, texts) = try await effects.showingProgress(of: names) { interruption, report in
            let fleet = try TerraformFleet(options, effects, interruption, report: report)
            let outcomes = try await fleet.plans()
            let texts = full ? await fleet.texts(of: outcomes.compactMap(\.value)) : []
            return (PlanAnswer(outcomes), texts)
        }
        if full, format == .text { effects.console.out(texts.joined(separator: "\n") + "\n") }
        return effects.tellPending(answer, as: format)
    }
}

extension TerraformOptions {
    /// The names of the regions that were asked for.
    func regionNames(_ effects: Effects) throws -> [String] {
        try fleet.chosen(effects).regions.map(\.name)
    }
}

extension TerraformFleet {
    /// A plan for each region, each kept in its folder.
    func plans(
        _ plan: @escaping @Sendable (RegionTerraform) async throws(Problem) -> RegionPlan = { region throws(Problem) in
            try await region.plan()
        }
    ) async throws -> [RegionOutcome<RegionPlan>] {
        let prepared = try await prepare()
        let planned = await inEach(of: prepared.compactMap { $0.value.map { ($0, ()) } }) { region, _ throws(Problem) in
            try await plan(region)
        }
        return inOrder(planned + prepared.compactMap { $0.carried() })
    }

    /// The plans that an earlier run has kept.
    func keptPlans() async throws -> [RegionOutcome<RegionPlan>] {
        let prepared = try await prepare()
        let read = await inEach(of: prepared.compactMap { $0.value.map { ($0, ()) } }) { region, _ throws(Problem) in
            try await region.keptPlan()
        }
        return inOrder(read + prepared.compactMap { $0.carried() })
    }

    /// The plans as Terraform writes them.
    func texts(of plans: [RegionPlan]) async -> [String] {
        let chosen = regions.filter { region in plans.contains { $0.region == region.region } }
        let outcomes = await inEach(of: chosen.map { ($0, ()) }) { region, _ throws(Problem) in
            "\(region.region)\n\n" + (try await region.ask(.show(region.workspace))).answer
        }
        return outcomes.compactMap(\.value)
    }
}

extension Effects {
    /// Shows a plan and says by the outcome whether anything is to do.
    func tellPending(_ plan: PlanAnswer, as format: OutputFormat) -> Outcome {
        let outcome = tell(plan, as: format)
        return outcome == .done && plan.hasChanges ? .changesPending : outcome
    }
}
