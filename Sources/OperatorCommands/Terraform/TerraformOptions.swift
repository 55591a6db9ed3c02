import ArgumentParser
import FleetModel
import TerraformDriver

/// The options of every verb that runs Terraform.
struct TerraformOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many regions at once. (default: one for each GB of free memory)", valueName: "count")
    )
    var parallel: Int?

    @Option(help: ArgumentHelp("Seconds to wait for somebody else's lock.", valueName: "seconds"))
    var lockTimeout = TerraformWorkspace.usualLockTimeout

    @OptionGroup var fleet: FleetOptions

    func validate() throws {
        guard (1...64).contains(parallel ?? 1) else { throw ValidationError("--parallel is a number from 1 to 64.") }
        guard (0...3600).contains(lockTimeout) else { throw ValidationError("--lock-timeout is from 0 to 3600.") }
    }
}
