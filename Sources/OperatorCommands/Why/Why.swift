import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway why`: what is the matter with a region.
struct Why: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain why a region is not as it should be.",
        discussion: """
            Reads what AWS knows of each region (the service's events, tasks that stopped and what they wrote last, \
            targets, security groups, secrets, the schedule) and says what explains it, the likeliest first, each with \
            what shows it and the one thing to do. Changes nothing. Exit code 1 where somebody has to do something.

              slipway why --region eu-west-1
            """
    )

    @OptionGroup var options: FleetOptions

    var format: OutputFormat { options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try options.chosen(effects)
        let now = effects.aws().now()
        let outcomes = try await effects.inEach(of: chosen) { client, region throws(Problem) in
            try await FactsReader(client, fleet, region, now: now).facts()
        }
        let explained = outcomes.compactMap(\.value).map(WhyAnswer.Row.init)
        return effects.tell(WhyAnswer(regions: explained, problems: outcomes.compactMap(\.problem)), as: format)
    }
}
