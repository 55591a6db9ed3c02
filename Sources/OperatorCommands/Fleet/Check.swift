import ArgumentParser
import FleetModel
import TerminalView
import TerraformDriver

/// `slipway check`: judges the fleet file, offline.
struct Check: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge the fleet file and show what it describes.",
        discussion: """
            Reports every problem at once, each with its line and what to write instead. Needs no network \
            and no credentials, and changes nothing.
            """
    )

    @Option(help: ArgumentHelp("The fleet file.", valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var file = FleetFile.name

    @Option(help: ArgumentHelp("Print a region's variables for Terraform, as .tfvars.json.", valueName: "region"))
    var tfvars: String?

    @OptionGroup var regions: RegionOptions

    @OptionGroup var answer: AnswerOptions

    var format: OutputFormat { answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let text = try effects.fleetText(in: file)
        let fleet: Fleet
        do {
            fleet = try FleetFile.parse(text, named: file)
        } catch let problems {
            guard format == .json, tfvars == nil else { throw problems }
            effects.answer(CheckAnswer(file: file, problems: problems.all), as: format)
            return .failed
        }
        if let tfvars {
            effects.console.out(try variables(fleet, region: tfvars).json)
        } else {
            let chosen = try regions.chosen(from: fleet, in: file)
            effects.answer(CheckAnswer(file: file, fleet: fleet, showing: chosen), as: format)
        }
        return .done
    }

    private func variables(_ fleet: Fleet, region name: String) throws -> TerraformVariables {
        guard let region = fleet.region(named: name) else {
            throw Problem(
                .notFound,
                at: .file(file),
                "regions has no \(name)",
                hint: "name one of \(fleet.regions.map(\.name).joined(separator: ", "))"
            )
        }
        return try TerraformVariables(fleet, region: region)
    }
}
