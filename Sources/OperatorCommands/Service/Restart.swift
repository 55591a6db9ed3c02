import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway restart`: every task anew, without a change.
struct Restart: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start every task anew, without a change.",
        discussion: """
            New tasks stand before old ones go, in all regions at once, and read their secrets again. Waits until they \
            are up, with a line for everything that happens; one that does not come up is told with the reasons why \
            its tasks stopped. Exit code 1 then.
            """
    )

    @OptionGroup var change: ChangeOptions

    @OptionGroup var waiting: WaitOptions

    var format: OutputFormat { change.options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try change.options.chosen(effects)
        let outcomes = try await effects.inEach(of: chosen) { [self] client, region throws(Problem) in
            let rollout = ServiceRollout(client, fleet, region)
            let revision = try await rollout.taskDefinition().split(separator: "/").last.map(String.init)
            guard !change.dryRun else {
                return RegionChange(region: region.name, revision: revision, state: .wouldChange)
            }
            let deployment = try await rollout.restart()
            let tasks = try await effects.wait(
                for: .deployment(id: deployment), called: "the restart",
                by: DeploymentWatch(client, fleet, region), in: region, waiting)
            return RegionChange(
                region: region.name, revision: revision, tasks: tasks, state: waiting.noWait ? .begun : .done)
        }
        return effects.tell(outcomes, as: format)
    }
}
