import ArgumentParser
import FleetModel
import TerminalView
import TerraformDriver

/// `slipway output`: what Terraform knows of the regions.
struct Output: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what Terraform knows of the regions, such as addresses and names.",
        discussion: """
            Reads the states; asks nothing of AWS but the bucket they are in.

              slipway output                                        # all of them, region by region
              slipway output application_url                        # one, for each region
              slipway output application_url --region eu-west-1     # the value alone
            """
    )

    @Argument(help: "One output's name.")
    var name: String?

    @OptionGroup var options: TerraformOptions

    var format: OutputFormat { options.fleet.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let names = try options.regionNames(effects)
        let answer = try await effects.interruptible { interruption in
            let fleet = try TerraformFleet(options, effects, interruption) { _ in }
            let prepared = try await fleet.prepare()
            let outcomes = await fleet.inEach(of: prepared.compactMap { $0.value.map { ($0, ()) } }) {
                [name] region, _ throws(Problem) in try await region.outputs(name)
            }
            return OutputAnswer(
                fleet.inOrder(outcomes + prepared.compactMap { $0.carried() }), isBare: name != nil && names.count == 1)
        }
        return effects.tell(answer, as: format)
    }
}

extension RegionTerraform {
    fileprivate func outputs(_ name: String?) async throws(Problem) -> OutputAnswer.Row {
        let run = try await ask(.output(workspace))
        guard run.exitCode == 0, let values = OutputDocument(json: run.answer)?.valueByName else {
            throw problem(run, "output", stands: "Nothing was changed.")
        }
        guard !values.isEmpty else {
            throw Problem(
                .notFound, at: .region(region), "has no outputs: nothing was applied here yet", hint: "slipway apply")
        }
        guard let name else { return OutputAnswer.Row(region: region, outputs: values) }
        guard let value = values[name] else {
            let nearest = Spelling.nearest(to: name, among: Array(values.keys)).map { "did you mean \($0)?" }
            throw Problem(
                .notFound, at: .region(region), "has no output \(name)", hint: nearest ?? "list them: slipway output")
        }
        return OutputAnswer.Row(region: region, outputs: [name: value])
    }
}
