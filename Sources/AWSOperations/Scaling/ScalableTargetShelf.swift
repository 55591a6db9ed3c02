import FleetModel

/// The scalable target of a region's service: the one owner of how many tasks run (`terraform/region/scaling.tf`).
package struct ScalableTargetShelf: Sendable {
    private let client: AWSClient
    private let resource: String

    package init(_ client: AWSClient, _ fleet: Fleet, _ region: Region) {
        self.client = client
        resource = "service/\(region.clusterName)/\(ResourceNames(fleet, region).service)"
    }

    /// The target as it is; a problem where there is none, as setting one would make it behind Terraform's back.
    package func target() async throws(Problem) -> ScalableTarget {
        let answer: Answer = try await client.call(
            .autoScaling, "DescribeScalableTargets", Request(ResourceIds: [resource]))
        guard let found = answer.ScalableTargets.first, found.MinCapacity <= found.MaxCapacity else {
            throw Problem(
                .notFound, at: .region(client.region), "there is no scalable target \(resource)",
                detail: "Terraform makes it when the region is applied.", hint: "apply the region first"
            )
        }
        return ScalableTarget(
            range: found.MinCapacity...found.MaxCapacity,
            suspended: found.SuspendedState ?? ScalableTarget.Suspended()
        )
    }

    /// Sets the range; AWS moves the service into it at once. Whatever is suspended stays so.
    package func set(_ range: ClosedRange<Int>) async throws(Problem) {
        try await client.tell(
            .autoScaling, "RegisterScalableTarget",
            Registration(ResourceId: resource, MinCapacity: range.lowerBound, MaxCapacity: range.upperBound),
            repetition: .harmless
        )
    }

    /// Holds the schedule off, or lets it go on, and leaves the rest as it is.
    package func setSchedulePaused(_ isPaused: Bool, _ target: ScalableTarget) async throws(Problem) {
        var suspended = target.suspended
        suspended.ScheduledScalingSuspended = isPaused
        try await client.tell(
            .autoScaling, "RegisterScalableTarget",
            Registration(ResourceId: resource, SuspendedState: suspended), repetition: .harmless
        )
    }

    private struct Request: Encodable {
        let ServiceNamespace = "ecs"
        let ScalableDimension = "ecs:service:DesiredCount"
        let ResourceIds: [String]
    }

    private struct Answer: Decodable {
        let ScalableTargets: [Entry]
    }

    private struct Entry: Decodable {
        let MinCapacity: Int
        let MaxCapacity: Int
        let SuspendedState: ScalableTarget.Suspended?
    }

    private struct Registration: Encodable {
        let ServiceNamespace = "ecs"
        let ScalableDimension = "ecs:service:DesiredCount"
        let ResourceId: String
        var MinCapacity: Int?
        var MaxCapacity: Int?
        var SuspendedState: ScalableTarget.Suspended?
    }
}
