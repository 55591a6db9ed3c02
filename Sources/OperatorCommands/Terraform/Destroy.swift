import ArgumentParser
import FleetModel
import TerminalView
import TerraformDriver

/// `slipway destroy`: removes regions from AWS.
struct Destroy: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove regions from AWS, with everything in them.",
        discussion: """
            Shows what would be destroyed and wants the project's name typed. The region that owns the proof of the \
            domain's certificate, the first of the fleet file, goes after all others. What could not be removed is \
            listed, and the same command again goes on from there. Secrets can be restored in AWS for a while.
            """
    )

    @Option(help: ArgumentHelp("The project's name, instead of typing it when asked.", valueName: "name"))
    var confirm: String?

    @Flag(help: "Say what would be destroyed, and destroy nothing.")
    var dryRun = false

    @OptionGroup var options: TerraformOptions

    var format: OutputFormat { options.fleet.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let fleet = try effects.fleet(in: options.fleet.file)
        let names = try options.regionNames(effects)
        try refuseToOrphanTheProof(fleet, names)
        try refuseStrangeName(fleet)
        let plan = try await effects.showingProgress(of: names) { interruption, report in
            let terraform = try TerraformFleet(options, effects, interruption, report: report)
            return PlanAnswer(
                try await terraform.plans { region throws(Problem) in try await region.plan(for: .destroying) })
        }
        if dryRun { return effects.tell(plan, as: format) }
        guard plan.isToBeCarriedOut || plan.problems.isEmpty else { return effects.tell(plan, as: format) }
        if plan.hasChanges { try wantName(of: fleet, plan, effects) }
        let answer = try await effects.showingProgress(of: names) { interruption, report in
            let terraform = try TerraformFleet(options, effects, interruption, report: report)
            return try await Self.carriedOut(
                plan, terraform, EdgeClosing(fleet, effects, interruption, report), RevisionsEnd(fleet, effects, report)
            )
        }
        return effects.tell(answer, as: format)
    }

    /// Whoever removes the record of an account's only proof ends the renewals of all regions (certificate.tf).
    private func refuseToOrphanTheProof(_ fleet: Fleet, _ names: [String]) throws(Problem) {
        guard fleet.domain.isEnabled, let owner = fleet.regions.first?.name, names.contains(owner),
            names.count < fleet.regions.count
        else { return }
        throw Problem(
            .conflict, at: .region(owner), "owns the proof of the domain's certificate, which the other regions need",
            detail: "Without it their certificates are not renewed. Nothing was destroyed.",
            hint: "make another region the first of \(options.fleet.file) and apply; then destroy this one"
        )
    }

    private func refuseStrangeName(_ fleet: Fleet) throws(Problem) {
        guard let confirm, confirm != fleet.projectName else { return }
        throw Problem(
            .usage, "the project is \(fleet.projectName), not \(confirm)", detail: "Nothing was destroyed.",
            hint: "slipway destroy --confirm \(fleet.projectName)"
        )
    }

    private func wantName(of fleet: Fleet, _ plan: PlanAnswer, _ effects: Effects) throws {
        guard confirm == nil else { return }
        let name = fleet.projectName
        effects.console.err(plan.text(ink: effects.errInk))
        let regions = plan.regions.filter { !$0.isNothing }.map(\.region).joined(separator: ", ")
        let said = effects.readLine("This destroys \(regions). Type the project's name, \(name), to go on: ")
        guard said == name else {
            throw Problem(
                .usage, "nothing was destroyed, as the project's name was not typed",
                hint: "beforehand it is: slipway destroy --confirm \(name)"
            )
        }
    }

    /// The first region of the file last, as it owns the proof.
    private static func carriedOut(
        _ plan: PlanAnswer,
        _ terraform: TerraformFleet,
        _ edges: EdgeClosing,
        _ revisions: RevisionsEnd
    ) async throws -> DestroyAnswer {
        let destroy: @Sendable (RegionTerraform, RegionPlan) async throws(Problem) -> DestroyAnswer.Row = {
            region, plan throws(Problem) in
            try await edges.close(region.region)
            let row = try await region.destroy(plan)
            if row.destroyed > 0 { await revisions.retire(in: region.region) }
            return row
        }
        let all = terraform.regions.compactMap { region in
            plan.regions.first { $0.region == region.region }.map { (region, $0) }
        }
        let owner = terraform.fleet.domain.isEnabled ? terraform.fleet.regions.first?.name : nil
        var outcomes = await terraform.inEach(of: all.filter { $0.0.region != owner }, destroy)
        let last = all.filter { $0.0.region == owner }
        if outcomes.contains(where: { $0.problem != nil }) {
            outcomes += last.map { RegionOutcome(region: $0.0.region, result: .failure(kept($0.0.region))) }
        } else {
            outcomes += await terraform.inEach(of: last, destroy)
        }
        let ordered = terraform.inOrder(outcomes)
        return DestroyAnswer(
            regions: ordered.compactMap(\.value), problems: plan.problems + ordered.compactMap(\.problem))
    }

    private static func kept(_ region: String) -> Problem {
        Problem(
            .conflict, at: .region(region), "was kept, as another region could not be removed",
            detail: "It owns the proof of the domain's certificate.", hint: "destroy again once the other is gone"
        )
    }
}
