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

    private typealias Outcome = RegionOutcome<ApplyAnswer.Row>

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
        let needsKey = plan.regions.contains { $0.makesFleetKey }
        let keys = needsKey ? try await FleetKeySupply(terraform.fleet, effects) : nil
        var outcomes = try await carriedOut(all.filter { $0.0.region == verb.canary }, keys)
        let rest = all.filter { $0.0.region != verb.canary }
        if outcomes.contains(where: { $0.problem != nil }) {
            outcomes += rest.map { Outcome(region: $0.0.region, result: .failure(Self.heldBack($0.0.region))) }
        } else {
            outcomes += try await carriedOut(rest, keys)
        }
        let ordered = terraform.inOrder(outcomes)
        return ApplyAnswer(
            rows: ordered.compactMap(\.value), problems: plan.problems + ordered.compactMap(\.problem))
    }

    private static func heldBack(_ region: String) -> Problem {
        Problem(
            .conflict, at: .region(region), "was not begun, as the canary did not come up",
            detail: "Nothing was changed here; the plan is kept.", hint: "mend the canary, then apply again"
        )
    }

    /// Terraform first, in as many regions at once as there is memory for; then the waiting, in all of them.
    private func carriedOut(
        _ plans: [(RegionTerraform, RegionPlan)],
        _ keys: FleetKeySupply?
    ) async throws -> [Outcome] {
        let applied: [Outcome] = await terraform.inEach(of: plans) { region, plan throws(Problem) in
            guard !plan.isNothing else {
                return ApplyAnswer.Row(region: region.region, state: .unchanged, count: plan.count)
            }
            let count: ChangeCount
            do throws(Problem) {
                count = try await region.apply(plan)
            } catch {
                // Its secret may be made by now, and the next apply would take it for one that has the key.
                if plan.makesFleetKey { try? await keys?.supply(region.region) }  // else the next makes it
                throw error
            }
            if plan.makesFleetKey { try await keys?.supply(region.region) }
            return ApplyAnswer.Row(region: region.region, state: .applied, count: count)
        }
        let changed = plans.filter { region, _ in
            applied.contains { $0.region == region.region && $0.value?.state == .applied }
        }
        guard !changed.isEmpty, interruption.count == 0 else { return applied }
        async let settled: Void = settle(changed.map(\.0))
        let waited = verb.noWait ? applied : try await self.waited(applied)
        await settled
        return waited
    }

    /// Takes in what AWS made of the new resources, so that later comparisons see what others did and nothing else.
    private func settle(_ regions: [RegionTerraform]) async {
        let outcomes = await terraform.inEach(of: regions.map { ($0, ()) }) { region, _ throws(Problem) in
            let run = try await region.ask(.settle(region.workspace))
            guard run.exitCode == 0 else { throw region.problem(run, "apply", stands: "") }
        }
        for problem in outcomes.compactMap(\.problem) where interruption.count == 0 {
            let words = "its state was not refreshed, and slipway drift may show too much: \(problem.summary)"
            if case .region(let region, _) = problem.place { report(RegionNews(region: region, what: .note(words))) }
        }
    }

    private func waited(_ applied: [Outcome]) async throws -> [Outcome] {
        let waiting = terraform.fleet.regions.filter { region in
            applied.contains { $0.region == region.name && $0.value?.state == .applied }
        }
        let regionWait = RegionWait(terraform.fleet, seconds: verb.timeout * 60, effects, interruption, report)
        let waits = try await effects.inEach(of: waiting) { client, region throws(Problem) in
            try await regionWait.wait(client, region)
        }
        return applied.map { outcome in
            guard case .success(var row) = outcome.result,
                let wait = waits.first(where: { $0.region == outcome.region })
            else { return outcome }
            row.tasks = wait.value?.tasks
            row.url = wait.value?.url
            return Outcome(region: outcome.region, result: wait.problem.map { .failure($0) } ?? .success(row))
        }
    }
}

extension RegionPlan {
    /// Whether the region's secret of the gateways' key is made by it, and so has no value yet.
    fileprivate var makesFleetKey: Bool {
        changes.contains {
            $0.address.hasPrefix("aws_secretsmanager_secret.fleet_key") && [.create, .replace].contains($0.action)
        }
    }
}
