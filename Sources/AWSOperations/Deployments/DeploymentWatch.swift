import FleetModel

/// Waits for a deployment of one region's service, and tells what happens meanwhile.
package struct DeploymentWatch: Sendable {
    /// How long a deployment is waited for unless somebody says otherwise, in seconds.
    package static let patience = 900

    private static let interval = Duration.seconds(5)
    /// Looks in a row that AWS may leave unanswered.
    private static let misses = 3

    private let client: AWSClient
    private let reader: ServiceReader

    package init(_ client: AWSClient, _ fleet: Fleet, _ region: Region) {
        self.client = client
        reader = ServiceReader(client, fleet, region)
    }

    /// The id of the deployment that the service is at, or is going to.
    package func primary() async throws(Problem) -> String? {
        try await reader.description().primary?.id
    }

    /// Looks again and again until what is waited for has come to pass, or can't any more, or `seconds` are over.
    ///
    /// A problem is thrown only where AWS can't be asked; how the deployment ended is a value.
    package func wait(
        until goal: DeploymentGoal,
        within seconds: Int = patience,
        _ tell: @Sendable (DeploymentNews) -> Void
    ) async throws(Problem) -> DeploymentResult {
        var judgement = DeploymentJudgement(goal, begun: client.now, limit: seconds)
        var missed = 0
        while true {
            do {
                let service = try await reader.snapshot(besides: judgement.knownTasks)
                missed = 0
                let (news, end) = judgement.look(at: service, now: client.now)
                news.forEach(tell)
                if let end {
                    return DeploymentResult(
                        end: end, taskDefinition: service.primary?.taskDefinition ?? "",
                        progress: judgement.progress(of: service), stopped: judgement.stopped
                    )
                }
            } catch  where error.kind == .unavailable && missed < Self.misses {
                missed += 1
            }
            try await client.pause(Self.interval)
        }
    }
}
