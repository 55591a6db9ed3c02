import AWSOperations
import FleetModel
import TerraformDriver

/// The plans of an apply, carried out: the canary first, then the others, each waited for.
struct FleetApply: Sendable {
    private let terraform: TerraformFleet
    private let verb: Apply
    private let effects: Effects
    private let interruption: Interruption
    private let report: @Sendable (RegionNews) -> Void

    init(
        _ terraform: TerraformFleet,
        _ verb: Apply,
        _ effects: Effects,
        _ interruption: Interruption,
        _ report: @escaping @Sendable (RegionNews) -> Void
    ) {
        self.terraform = terraform
        self.verb = verb
        self.effects = effects
        self.interruption = interruption
        self.report = report
    }

    func run(_ plan: PlanAnswer) async throws -> ApplyAnswer {
        let all = terraform.regions.compactMap { region in
            plan.regions.first { $0.region == region.region }.map { (region, $0) }
        }
        let first = all.filter { $0.0.region == verb.canary }
        var outcomes = try await carriedOut(first)
        let rest = all.filter { $0.0.region != verb.canary }
        if outcomes.contains(where: { $0.problem != nil }) {
            outcomes += rest.map { RegionOutcome(region: $0.0.region, result: .failure(held(back: $0.0.region))) }
        } else {
            outcomes += try await carriedOut(rest)
        }
        let ordered = terraform.inOrder(outcomes)
        return ApplyAnswer(
            rows: ordered.compactMap(\.value), problems: plan.problems + ordered.compactMap(\.problem))
    }

    private func held(back region: String) -> Problem {
        Problem(
            .conflict, at: .region(region), "was not begun, as the canary did not come up",
            detail: "Nothing was changed here; the plan is kept.", hint: "mend the canary, then apply again"
        )
    }

    private func carriedOut(
        _ plans: [(RegionTerraform, RegionPlan)]
    ) async throws -> [RegionOutcome<ApplyAnswer.Row>] {
        await terraform.inEach(of: plans) { region, plan throws(Problem) in
            guard !plan.isNothing else {
                return ApplyAnswer.Row(region: region.region, state: .unchanged, count: plan.count)
            }
            let count = try await region.apply(plan)
            return ApplyAnswer.Row(region: region.region, state: .applied, count: count)
        }
    }
}
