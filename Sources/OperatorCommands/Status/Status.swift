import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway status`: how every region is, on one screen.
struct Status: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say how every region is, on one screen.",
        discussion: """
            Asks AWS in all regions at once: tasks, targets, the last deployment, the range that schedule and operator \
            move the tasks in, sessions as the gateways count them, days left of the certificate, who holds the state's \
            lock, and where clients connect. Changes nothing. A region that \
            can't be asked is told on stderr, and the others are shown.
            """
    )

    @OptionGroup var options: FleetOptions

    var format: OutputFormat { options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try options.chosen(effects)
        let surroundings = effects.aws()
        let now = surroundings.now()
        let credentials = try await AWSClient.credentials(surroundings)
        let locks = StateLocks(fleet, credentials, surroundings)
        let outcomes = await effects.inEach(of: chosen, credentials, surroundings) { client, region throws(Problem) in
            async let lock = locks.lock(of: region.name)
            var status = try await RegionReader(client, fleet, region, now: now).status()
            status.sessions = await SessionCount.count(status, region, fleet, effects.web)
            status.lock = await lock
            return status
        }
        return effects.tell(
            StatusAnswer(regions: outcomes.compactMap(\.value), problems: outcomes.compactMap(\.problem)), as: format)
    }
}
