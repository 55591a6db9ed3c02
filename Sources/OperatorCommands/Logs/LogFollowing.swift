import AWSOperations
import FleetModel

/// Asks all regions again and again for what came since, until the operator ends the program.
struct LogFollowing: Sendable {
    /// Between two rounds. FilterLogEvents is allowed five times a second and more, by region.
    static let pause = Duration.seconds(2)

    let fleet: Fleet
    let regions: [Region]
    let query: LogQuery
    let view: LogView

    private struct Round: Sendable {
        let cursor: LogCursor
        let events: [LogEvent]
        let excerpt: LogExcerpt
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let surroundings = effects.aws()
        var credentials = try await AWSClient.credentials(surroundings)
        var cursors = Dictionary(uniqueKeysWithValues: regions.map { ($0.name, LogCursor(start: query.since)) })
        var told: [Problem] = []
        var isFirst = true
        while true {
            let outcomes = await effects.inEach(of: regions, credentials, surroundings) {
                [cursors] client, region throws(Problem) in
                try await round(cursors[region.name], client, region, now: surroundings.now() * 1000)
            }
            for outcome in outcomes { cursors[outcome.region] = outcome.value?.cursor ?? cursors[outcome.region] }
            view.show(outcomes.compactMap(\.value).flatMap(\.events))
            if isFirst { for outcome in outcomes { view.tellWhatIsMissing(outcome.value?.excerpt, outcome.region) } }
            let problems = outcomes.compactMap(\.problem)
            view.tell(problems.filter { !told.contains($0) })
            told = problems
            if isFirst, problems.count == regions.count { return .failed }
            isFirst = false
            try await surroundings.pause(Self.pause)
            if problems.contains(where: { $0.kind == .refused }) {
                // Signed-in sessions end; whoever signs in again elsewhere meanwhile goes on here.
                credentials = (try? await AWSClient.credentials(surroundings)) ?? credentials  // the problem is told
            }
        }
    }

    private func round(
        _ cursor: LogCursor?,
        _ client: AWSClient,
        _ region: Region,
        now: Int
    ) async throws(Problem) -> Round {
        var cursor = cursor ?? LogCursor(start: query.since)
        var query = query
        if cursor.start != query.since { query.limit = max(query.limit, LogCursor.most) }
        query.since = cursor.start
        let reader = LogReader(client, group: ResourceNames(fleet, region).logGroup)
        let excerpt = try await reader.newest(of: query)
        let events = cursor.fresh(of: excerpt.events, now: now)
        // What the limit left out of the first round is not news in the second.
        if excerpt.leftOut > 0, let oldest = excerpt.events.first { cursor.move(to: oldest.time) }
        return Round(cursor: cursor, events: events, excerpt: excerpt)
    }
}
