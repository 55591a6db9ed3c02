import FleetModel

/// Begins deployments of one region's service. Their ends are `DeploymentWatch`'s.
package struct ServiceRollout: Sendable {
    private let client: AWSClient
    private let reader: ServiceReader

    package init(_ client: AWSClient, _ fleet: Fleet, _ region: Region) {
        self.client = client
        reader = ServiceReader(client, fleet, region)
    }

    /// The task definition that the service is at, or is going to.
    package func taskDefinition() async throws(Problem) -> String {
        guard let name = try await reader.description().taskDefinition else {
            throw client.strange(.ecs, "DescribeServices", detail: "The service has no task definition.")
        }
        return name
    }

    /// Starts every task anew; the id of the deployment that does it.
    package func restart() async throws(Problem) -> String? {
        try await update(Update(cluster: reader.cluster, service: reader.service, forceNewDeployment: true))
    }

    /// Replaces every task by one of another revision; the id of the deployment that does it.
    package func begin(_ definition: TaskDefinition) async throws(Problem) -> String? {
        try await update(
            Update(cluster: reader.cluster, service: reader.service, taskDefinition: definition.arn))
    }

    /// The restart by hand, for whoever has to do it later.
    package var commandToRestart: String {
        "aws ecs update-service --region \(client.region) --cluster \(reader.cluster) --service \(reader.service) "
            + "--force-new-deployment"
    }

    private func update(_ update: Update) async throws(Problem) -> String? {
        let answer: Answer = try await client.call(.ecs, "UpdateService", update, repetition: .harmful)
        return answer.service?.primary?.id
    }

    private struct Update: Encodable {
        let cluster: String
        let service: String
        var taskDefinition: String?
        var forceNewDeployment: Bool?
    }

    private struct Answer: Decodable {
        let service: ServiceDescription?
    }
}
