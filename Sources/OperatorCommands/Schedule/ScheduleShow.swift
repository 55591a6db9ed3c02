import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway schedule show`: the next hours, and what stands.
struct ScheduleShow: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show when the fleet goes up and down next, and what stands now.",
        discussion: """
            The next changes by the schedule's own clock and by UTC, and for every region whether the schedule is paused \
            and, where it owns the load balancer, what stands of the edge: closed, edge (the balancer without its public \
            name) or open. Changes nothing.
            """
    )

    @OptionGroup var options: FleetOptions

    var format: OutputFormat { options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try options.chosen(effects)
        let outcomes = try await effects.inEach(of: chosen) { client, region throws(Problem) in
            let target = try await ScalableTargetShelf(client, fleet, region).target()
            let isScheduled = fleet.edgeIsScheduled(in: region)
            return ScheduleAnswer.Row(
                region: region.name, isPaused: target.isSchedulePaused, least: target.range.lowerBound,
                most: target.range.upperBound,
                edge: isScheduled ? try await EdgeMachine(client, fleet, region).state() : nil
            )
        }
        let now = effects.aws().now()
        let clock = fleet.schedule.isWeekendOnly ? ScheduleClock(fleet.schedule) : nil
        return effects.tell(
            ScheduleAnswer(
                schedule: fleet.schedule, phase: clock?.phase(at: now),
                changes: clock?.changes(after: now, count: 4) ?? [], regions: outcomes.compactMap(\.value),
                problems: outcomes.compactMap(\.problem)
            ),
            as: format
        )
    }
}
