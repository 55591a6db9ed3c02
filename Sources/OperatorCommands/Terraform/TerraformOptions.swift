import ArgumentParser
import FleetModel
import TerraformDriver

/// The options of every verb that runs Terraform.
struct TerraformOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The fleet file.", valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var file = FleetFile.name

    @OptionGroup var regions: RegionOptions

    @Option(
        help: ArgumentHelp(
            "How many regions at once. (default: one for each GB of free memory)", valueName: "count")
    )
    var parallel: Int?

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard (1...64).contains(parallel ?? 1) else { throw ValidationError("--parallel is a number from 1 to 64.") }
    }
}
