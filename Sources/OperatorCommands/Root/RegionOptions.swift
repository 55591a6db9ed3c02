import ArgumentParser
import FleetModel

/// The filter of every verb that looks at regions.
struct RegionOptions: ParsableArguments {
    @Option(
        name: .customLong("region"),
        help: ArgumentHelp("A region to look at; may be given several times. (default: all)", valueName: "region")
    )
    var names: [String] = []

    /// The regions that were asked for, in the fleet file's order.
    func chosen(from fleet: Fleet, in file: String) throws(Problem) -> [Region] {
        guard !names.isEmpty else { return fleet.regions }
        if let name = names.first(where: { fleet.region(named: $0) == nil }) {
            throw Problem(
                .notFound,
                at: .file(file),
                "regions has no \(name)",
                hint: "name one of \(fleet.regions.map(\.name).joined(separator: ", "))"
            )
        }
        return fleet.regions.filter { names.contains($0.name) }
    }
}
