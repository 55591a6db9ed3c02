import FleetModel
import TerraformDriver

/// A plan that was made for one region, and is kept for the apply.
struct RegionPlan: Sendable, Encodable {
    let region: String
    let count: ChangeCount
    let changes: [ResourceChange]
    /// Changed by others since the last apply, as far as this plan has to do with it.
    let drift: [ResourceChange]
    let warnings: [String]
    /// The plan's file, for Terraform.
    let file: String

    var isNothing: Bool { changes.isEmpty && count.isNothing }
}

extension RegionTerraform {
    /// Makes a plan for an apply, in which nothing that an earlier apply left half-made stands in its own way.
    func mendingPlan() async throws(Problem) -> RegionPlan {
        let plan = try await plan()
        let stuck = plan.changes.filter(\.standsInItsOwnWay)
        guard !stuck.isEmpty else { return plan }
        for change in stuck {
            let run = try await ask(.untaint(workspace, address: change.address))
            guard run.exitCode == 0 else { throw problem(run, "untaint", stands: "Nothing was changed.") }
        }
        return try await self.plan()
    }

    /// Makes a plan and keeps it.
    func plan(for purpose: TerraformCommand.Purpose = .applying) async throws(Problem) -> RegionPlan {
        tell(purpose == .destroying ? "planning its end" : "planning")
        let run = try await follow(.plan(workspace, for: purpose))
        guard [0, 2].contains(run.exitCode) else { throw problem(run, "plan", stands: "Nothing was changed.") }
        let plan = RegionPlan(
            region: region, count: run.progress.count ?? ChangeCount(), changes: run.progress.changes,
            drift: run.progress.drift, warnings: run.progress.diagnostics.filter { !$0.isError }.map(\.words),
            file: effects.relative(workspace.planFile)
        )
        report(RegionNews(region: region, what: .ended(plan.isNothing ? "no changes" : plan.count.words)))
        return plan
    }

    /// The plan that an earlier run has kept. Terraform refuses it where the state has moved on.
    func keptPlan() async throws(Problem) -> RegionPlan {
        guard effects.files.exists(workspace.planFile) else {
            throw Problem(
                .fileMissing, at: .region(region), "no plan was kept", hint: "make one: slipway plan")
        }
        let document = try await planDocument(.read(workspace))
        return RegionPlan(
            region: region, count: document.count, changes: document.changes, drift: [], warnings: [],
            file: effects.relative(workspace.planFile)
        )
    }

    /// Carries a kept plan out; the count of what was done.
    func apply(_ plan: RegionPlan, _ phase: String = "applying") async throws(Problem) -> ChangeCount {
        tell(phase, total: plan.count.total)
        let run = try await follow(.apply(workspace))
        guard run.exitCode == 0 else {
            let stands = "\(run.progress.finished) of \(plan.count.total) changes were made; the state knows them."
            throw problem(run, "apply", stands: stands)
        }
        let count = run.progress.count ?? plan.count
        report(RegionNews(region: region, what: .ended("done: \(count.done)")))
        return count
    }
}

extension ChangeCount {
    /// Such as "31 added, 2 destroyed".
    var done: String {
        let parts = [(self.import, "imported"), (add, "added"), (change, "changed"), (remove, "destroyed")]
        let said = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return said.isEmpty ? "nothing to change" : said.joined(separator: ", ")
    }
}
