import ArgumentParser
import FleetModel
import TerminalView

/// `slipway diagram`: the fleet as a picture.
struct Diagram: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw the fleet as a Mermaid diagram.",
        discussion: """
            What the fleet file describes, as text that GitHub, GitLab and most wikis show as a picture between \
            ```mermaid and ```. Needs no network.

              slipway diagram > fleet.mmd
            """
    )

    @OptionGroup var options: FleetOptions

    var format: OutputFormat { options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let fleet = try effects.fleet(in: options.file)
        let diagram = FleetDiagram(fleet, regions: try options.regions.chosen(from: fleet, in: options.file))
        effects.answer(DiagramAnswer(mermaid: diagram.mermaid), as: format)
        return .done
    }
}
