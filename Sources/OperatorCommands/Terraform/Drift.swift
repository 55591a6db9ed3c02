import ArgumentParser
import FleetModel
import TerminalView
import TerraformDriver

/// `slipway drift`: what others have changed since the last apply.
struct Drift: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what has been changed behind Terraform's back, in all regions at once.",
        discussion: """
            Compares what is there with what the last apply left, not with the fleet file: that is slipway plan. What \
            belongs to others, such as the number of tasks, is no drift. Changes nothing. Exit code 2 where something \
            has drifted; slipway apply puts it back.
            """
    )

    @OptionGroup var options: TerraformOptions

    var format: OutputFormat { options.fleet.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let answer = try await effects.showingProgress(of: try options.regionNames(effects)) { interruption, report in
            let fleet = try TerraformFleet(options, effects, interruption, report: report)
            let prepared = try await fleet.prepare()
            let compared = await fleet.inEach(of: prepared.compactMap { $0.value.map { ($0, ()) } }) {
                region, _ throws(Problem) in try await region.compare()
            }
            return DriftAnswer(fleet.inOrder(compared + prepared.compactMap { $0.carried() }))
        }
        let outcome = effects.tell(answer, as: format)
        return outcome == .done && answer.hasDrift ? .changesPending : outcome
    }
}

extension RegionTerraform {
    fileprivate func compare() async throws(Problem) -> DriftAnswer.Row {
        tell("comparing")
        let run = try await follow(.plan(workspace, for: .comparing))
        guard [0, 2].contains(run.exitCode) else {
            if interruption.count == 0, await remaining().isEmpty { return nothingThere() }
            throw problem(run, "plan", stands: "Nothing was changed.")
        }
        let drifted = run.exitCode == 2 ? try await planDocument(.readComparison(workspace)).drift : []
        let row = DriftAnswer.Row(region: region, drift: drifted.compactMap(\.withoutOwned))
        report(RegionNews(region: region, what: .ended(row.words)))
        return row
    }

    /// Terraform can't compare nothing with nothing: some expressions have no value then.
    private func nothingThere() -> DriftAnswer.Row {
        report(RegionNews(region: region, what: .ended("nothing was applied")))
        return DriftAnswer.Row(region: region, drift: [])
    }

    /// A saved plan, read.
    func planDocument(_ command: TerraformCommand) async throws(Problem) -> PlanDocument {
        let run = try await ask(command)
        guard run.exitCode == 0, let document = PlanDocument(json: run.answer) else {
            throw Problem(
                .unavailable, at: .region(region), "the plan that was kept can't be read",
                detail: run.progress.lastWords.joined(separator: "\n"), hint: "make it anew: slipway plan"
            )
        }
        return document
    }
}
