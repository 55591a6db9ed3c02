import ArgumentParser
import FleetModel

/// The options of every verb that changes what runs.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Say what would be changed, and change nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("The fleet file.", valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var file = FleetFile.name

    @OptionGroup var regions: RegionOptions

    @OptionGroup var answer: AnswerOptions
}
