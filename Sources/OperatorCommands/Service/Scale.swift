import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway scale`: how many tasks run, until the schedule or the fleet file says otherwise.
struct Scale: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Set how many tasks every region runs.",
        usage: """
            slipway scale <count> [options]
            slipway scale --least <count> --most <count> [options]
            """,
        discussion: """
            Sets the range of the scalable target, which is what holds the number of tasks, in all regions at once, \
            and waits until as many run. Exactly <count>, or between two numbers, where autoscaling moves. It lasts \
            until the schedule says its word again, or until an apply of another desired_count; what is said here shows \
            up in no plan.

              slipway scale 4
              slipway scale --least 2 --most 8
              slipway scale 0 --region eu-west-1
            """
    )

    @Argument(help: "How many tasks, 0 to 1000.")
    var count: Int?

    @Option(help: ArgumentHelp("The fewest tasks; without it they stay what they are.", valueName: "count"))
    var least: Int?

    @Option(help: ArgumentHelp("The most tasks; without it they stay what they are.", valueName: "count"))
    var most: Int?

    @OptionGroup var change: ChangeOptions

    @OptionGroup var waiting: WaitOptions

    var format: OutputFormat { change.options.answer.format }

    func validate() throws {
        if ScaleRequest(count: count, least: least, most: most) == nil {
            throw ValidationError("Say one number from 0 to 1000, or --least and --most, the smaller one first.")
        }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try change.options.chosen(effects)
        guard let request = ScaleRequest(count: count, least: least, most: most) else { return .failed }
        let outcomes = try await effects.inEach(of: chosen) { [self] client, region throws(Problem) in
            try await scale(to: request, client, fleet, region, effects)
        }
        return effects.tell(outcomes, as: format)
    }

    private func scale(
        to request: ScaleRequest,
        _ client: AWSClient,
        _ fleet: Fleet,
        _ region: Region,
        _ effects: Effects
    ) async throws(Problem) -> RegionChange {
        let shelf = ScalableTargetShelf(client, fleet, region)
        let target = try await shelf.target()
        let range = request.range(from: target.range)
        if range.upperBound > 0 { try await refuseWithoutEdge(client, fleet, region) }
        var answer = RegionChange(region: region.name, was: target.range.inWords, now: range.inWords, state: .unchanged)
        let forecast = ScheduleForecast(fleet, now: client.now)
        answer.notes = [
            forecast.words(after: range, isPaused: target.isSchedulePaused, in: region), planNote(range, fleet, region),
        ].compactMap { $0 }
        guard range != target.range else { return answer }
        answer.state = change.dryRun ? .wouldChange : waiting.noWait ? .begun : .done
        guard !change.dryRun else { return answer }
        try await shelf.set(range)
        answer.tasks = try await effects.wait(
            for: .range(range), called: "the change to \(range.inWords) tasks",
            by: DeploymentWatch(client, fleet, region), in: region, waiting)
        return answer
    }

    /// Tasks behind a balancer that is away are reached by nobody, and ECS does not take them for healthy.
    private func refuseWithoutEdge(_ client: AWSClient, _ fleet: Fleet, _ region: Region) async throws(Problem) {
        guard fleet.edgeIsScheduled(in: region) else { return }
        let edge = try await EdgeMachine(client, fleet, region).state()
        guard edge.phase == "closed" else { return }
        throw Problem(
            .conflict, at: .region(region.name), "the edge is closed, so nobody could reach a task",
            detail: "The schedule took the load balancer away. Nothing was changed.",
            hint: "open it first: slipway schedule up --region \(region.name)"
        )
    }

    private func planNote(_ range: ClosedRange<Int>, _ fleet: Fleet, _ region: Region) -> String? {
        guard range != region.task.range, !fleet.schedule.isWeekendOnly || range.upperBound > 0 else { return nil }
        let most = range.lowerBound == range.upperBound ? "" : " and max_count: \(range.upperBound)"
        return "No plan shows it, and an apply leaves it until desired_count or max_count change. To keep it, write "
            + "desired_count: \(range.lowerBound)\(most) into \(change.options.file)."
    }
}
