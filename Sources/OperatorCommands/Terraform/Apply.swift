import ArgumentParser
import FleetModel
import TerminalView
import TerraformDriver

/// `slipway apply`: makes the regions what the fleet file says.
struct Apply: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the regions what the fleet file says.",
        discussion: """
            Plans all regions at once, shows what would change, asks, carries out exactly these plans, and waits \
            until the tasks have come up. A region that fails stops none of the others, and the same command again \
            goes on from there. The gateways' key, which nobody has to know, is made where there is none.

            Ctrl-C lets what is under way end in order and unlock its state.
            """
    )

    @Flag(help: "Don't ask.")
    var yes = false

    @Flag(help: "Say what would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Carry out the plans that slipway plan has kept, without planning again.")
    var planned = false

    @Flag(help: "Don't wait for the tasks.")
    var noWait = false

    @Option(help: ArgumentHelp("Minutes to wait for the tasks.", valueName: "minutes"))
    var timeout = 15

    @Option(help: ArgumentHelp("A region that goes first; the others follow if it comes up.", valueName: "region"))
    var canary: String?

    @OptionGroup var options: TerraformOptions

    var format: OutputFormat { options.fleet.answer.format }

    func validate() throws {
        guard (1...120).contains(timeout) else { throw ValidationError("--timeout is a number from 1 to 120.") }
        if planned, dryRun { throw ValidationError("--planned and --dry-run go together badly: slipway plan shows.") }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let names = try options.regionNames(effects)
        if let canary, !names.contains(canary) { throw Self.strangeCanary(canary, names) }
        let plan = try await effects.showingProgress(of: names) { interruption, report in
            let fleet = try TerraformFleet(options, effects, interruption, report: report)
            guard !planned else { return PlanAnswer(try await fleet.keptPlans()) }
            return PlanAnswer(
                try await fleet.plans { [dryRun] region throws(Problem) in
                    dryRun ? try await region.plan() : try await region.mendingPlan()
                }
            )
        }
        if dryRun { return effects.tell(plan, as: format) }
        guard plan.isToBeCarriedOut || plan.problems.isEmpty else { return effects.tell(plan, as: format) }
        if !yes, plan.hasChanges { try ask(plan, effects) }
        let answer = try await effects.showingProgress(of: names) { interruption, report in
            let fleet = try TerraformFleet(options, effects, interruption, report: report)
            return try await FleetApply(fleet, self, effects, interruption, report).run(plan)
        }
        return effects.tell(answer, as: format)
    }

    private static func strangeCanary(_ canary: String, _ names: [String]) -> Problem {
        Problem(
            .notFound, "\(canary), the canary, is none of the regions that are applied",
            hint: "name one of \(names.joined(separator: ", "))"
        )
    }

    /// Shows the plan and wants a yes.
    private func ask(_ plan: PlanAnswer, _ effects: Effects) throws {
        effects.console.err(plan.text(ink: effects.errInk))
        if !plan.problems.isEmpty {
            effects.console.err(ProblemView.text(Problems(plan.problems), ink: effects.errInk))
        }
        let regions = plan.regions.filter { !$0.isNothing }.map(\.region).joined(separator: ", ")
        guard let said = effects.readLine("Apply to \(regions)? Only yes goes on: ") else {
            throw Problem(
                .usage, "nobody could be asked, and nothing was changed",
                hint: "say it beforehand: slipway apply --yes"
            )
        }
        guard said.lowercased() == "yes" else {
            throw Problem(
                .usage, "nothing was changed, as the answer was not yes",
                hint: "the plans are kept: slipway apply --planned")
        }
    }
}
