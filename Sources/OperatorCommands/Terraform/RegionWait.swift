import AWSOperations
import FleetModel

/// The wait for what an apply has begun in a region.
struct RegionWait: Sendable {
    private let fleet: Fleet
    private let seconds: Int
    private let effects: Effects
    private let interruption: Interruption
    private let report: @Sendable (RegionNews) -> Void

    init(
        _ fleet: Fleet,
        seconds: Int,
        _ effects: Effects,
        _ interruption: Interruption,
        _ report: @escaping @Sendable (RegionNews) -> Void
    ) {
        self.fleet = fleet
        self.seconds = seconds
        self.effects = effects
        self.interruption = interruption
        self.report = report
    }

    /// How the region is once its tasks have come up.
    struct End: Sendable {
        let tasks: String
        let url: String?
    }

    func wait(_ client: AWSClient, _ region: Region) async throws(Problem) -> End {
        try await refuseEmptySecrets(client, region)
        tell(region, .phase("waiting for its tasks"))
        let result = try await watched(client, region)
        if let problem = result.problem(of: "the deployment", in: region.name) {
            tell(region, .ended("its tasks did not come up"))
            throw problem
        }
        tell(region, .ended(result.progress.words))
        let status = try await RegionReader(client, fleet, region, now: client.now).status()
        return End(tasks: result.progress.words, url: status.url)
    }

    /// ECS would try to start tasks again and again, and give up.
    private func refuseEmptySecrets(_ client: AWSClient, _ region: Region) async throws(Problem) {
        let wanted = fleet.server.secretKeys
        guard !wanted.isEmpty else { return }
        let shelf = SecretShelf(client, fleet, region)
        let held = ServerSecrets(try await shelf.value(of: shelf.find(.server)))?.names ?? []
        let missing = wanted.filter { !held.contains($0) }
        guard let first = missing.first else { return }
        tell(region, .ended("waits for its secrets"))
        throw Problem(
            .missingKey, at: .region(region.name),
            "is made, but no task can start before there is a value for \(missing.joined(separator: ", "))",
            detail: "Everything in the plan was done.", hint: "put it in: slipway secret set \(first) --restart"
        )
    }

    /// The operator may stop watching; the deployment goes on.
    private func watched(_ client: AWSClient, _ region: Region) async throws(Problem) -> DeploymentResult {
        let watch = DeploymentWatch(client, fleet, region)
        let result = try await interruption.leaving { [seconds, report] () throws(Problem) in
            try await watch.wait(until: .deployment(), within: seconds) { news in
                report(RegionNews(region: region.name, what: .note(news.line)))
            }
        }
        guard let result else {
            throw Problem(
                .interrupted, at: .region(region.name), "its tasks were not waited for",
                detail: "Everything in the plan was done, and the deployment goes on in AWS.",
                hint: "see how it is: slipway status --region \(region.name)"
            )
        }
        return result
    }

    private func tell(_ region: Region, _ what: RegionNews.What) {
        report(RegionNews(region: region.name, what: what))
    }
}
