import ArgumentParser
import FleetModel

/// The options of every verb that changes what runs.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Say what would be changed, and change nothing.")
    var dryRun = false

    @OptionGroup var options: FleetOptions
}
