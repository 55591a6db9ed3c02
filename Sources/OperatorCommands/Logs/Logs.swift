import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway logs`: what the tasks of all regions wrote, as one log.
struct Logs: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what the tasks of all regions wrote, merged by time.",
        discussion: """
            Each line begins with its region, its task and its time in UTC. --json prints one JSON object in each \
            line. --filter is a CloudWatch filter pattern; in quotes, a text that the line holds. --follow goes on \
            until Ctrl-C.

              slipway logs --since 2h --filter '"error"'
              slipway logs --follow --region eu-west-1
              slipway logs --since 2026-11-23T06:00:00Z --until 2026-11-23T07:00:00Z --json
            """
    )

    @Option(help: ArgumentHelp("From when: so long ago, or a time, as in 15m, 2h, 3d.", valueName: "moment"))
    var since = MomentOption.ago(900)

    @Option(help: ArgumentHelp("Until when. (default: now)", valueName: "moment"))
    var until: MomentOption?

    @Option(help: ArgumentHelp("Only lines that match.", valueName: "pattern"))
    var filter: String?

    @Flag(name: .shortAndLong, help: "Go on with what comes.")
    var follow = false

    @Option(help: ArgumentHelp("The most lines of one region; the newest are shown.", valueName: "count"))
    var limit = 1000

    @Option(help: ArgumentHelp("The fleet file.", valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var file = FleetFile.name

    @OptionGroup var regions: RegionOptions

    @Flag(help: "Print one JSON object in each line.")
    var json = false

    var format: OutputFormat { json ? .json : .text }

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is a number from 1 to 100000.") }
        if follow, until != nil { throw ValidationError("--follow goes on without end: leave --until out.") }
        if let filter, filter.count > 1024 { throw ValidationError("--filter has 1024 characters at most.") }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let fleet = try effects.fleet(in: file)
        let chosen = try regions.chosen(from: fleet, in: file)
        let now = effects.aws().now()
        let query = LogQuery(
            since: since.milliseconds(now: now), until: until?.milliseconds(now: now), pattern: filter, limit: limit)
        if let until = query.until, until < query.since {
            throw Problem(.usage, "--until is before --since", hint: "see whether the two are swapped")
        }
        let view = LogView(regions: chosen, format: format, effects: effects)
        guard !follow else {
            return try await LogFollowing(fleet: fleet, regions: chosen, query: query, view: view).run(effects)
        }
        let outcomes = try await effects.inEach(of: chosen) { client, region throws(Problem) in
            try await LogReader(client, group: ResourceNames(fleet, region).logGroup).newest(of: query)
        }
        view.show(outcomes.compactMap(\.value).flatMap(\.events))
        for outcome in outcomes { view.tellWhatIsMissing(outcome.value, outcome.region) }
        let problems = outcomes.compactMap(\.problem)
        view.tell(problems)
        return problems.isEmpty ? .done : .failed
    }
}
