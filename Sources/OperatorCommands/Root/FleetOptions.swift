import ArgumentParser
import FleetModel

/// The options of every verb that looks at regions of a fleet, and answers.
struct FleetOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The fleet file.", valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var file = FleetFile.name

    @OptionGroup var regions: RegionOptions

    @OptionGroup var answer: AnswerOptions

    /// The fleet, and the regions of it that were asked for.
    func chosen(_ effects: Effects) throws -> (fleet: Fleet, regions: [Region]) {
        let fleet = try effects.fleet(in: file)
        return (fleet, try regions.chosen(from: fleet, in: file))
    }
}
