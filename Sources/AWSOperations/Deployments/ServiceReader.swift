import FleetModel

/// Looks at the service of one region. Changes nothing.
struct ServiceReader: Sendable {
    let client: AWSClient
    let cluster: String
    let service: String
    private let hasBalancer: Bool

    init(_ client: AWSClient, _ fleet: Fleet, _ region: Region) {
        self.client = client
        cluster = region.clusterName
        service = ResourceNames(fleet, region).service
        hasBalancer = region.loadBalancer.isCreated
    }

    /// The service as ECS describes it; a problem where there is none.
    func description() async throws(Problem) -> ServiceDescription {
        let answer: ServiceDescription.Answer
        do {
            answer = try await client.call(
                .ecs, "DescribeServices", ServiceDescription.Request(cluster: cluster, services: [service]))
        } catch  where error.kind == .notFound {
            throw missing
        }
        guard let found = answer.services.first, found.status == "ACTIVE" else { throw missing }
        return found
    }

    /// One look, without the stopped tasks that are known already.
    func snapshot(besides known: Set<String>) async throws(Problem) -> ServiceSnapshot {
        let found = try await description()
        return ServiceSnapshot(
            desired: found.desiredCount, running: found.runningCount,
            deployments: (found.deployments ?? []).map(Self.deployment),
            events: (found.events ?? []).map {
                ServiceSnapshot.Event(id: $0.id, createdAt: Int($0.createdAt ?? 0), message: $0.message)
            },
            targets: try await targets(of: found),
            stopped: try await stopped(besides: known)
        )
    }

    private var missing: Problem {
        Problem(
            .notFound, at: .region(client.region), "there is no service \(service)",
            detail: "Terraform makes it when the region is applied.", hint: "apply the region first"
        )
    }

    private static func deployment(_ one: ServiceDescription.Deployment) -> ServiceSnapshot.Deployment {
        ServiceSnapshot.Deployment(
            id: one.id ?? "", isPrimary: one.status == "PRIMARY", rollout: one.rolloutState,
            reason: one.rolloutStateReason, taskDefinition: lastPart(one.taskDefinition ?? ""),
            desired: one.desiredCount ?? 0, running: one.runningCount ?? 0, createdAt: Int(one.createdAt ?? 0)
        )
    }

    private static func lastPart(_ arn: String) -> String { arn.split(separator: "/").last.map(String.init) ?? arn }

    private func targets(of found: ServiceDescription) async throws(Problem) -> ServiceSnapshot.Targets? {
        guard hasBalancer, let group = found.loadBalancers?.lazy.compactMap(\.targetGroupArn).first else { return nil }
        let answer = try await client.query(.loadBalancing, "DescribeTargetHealth", [("TargetGroupArn", group)])
        let states = answer.members("TargetHealthDescriptions").compactMap { $0.text("TargetHealth", "State") }
        return ServiceSnapshot.Targets(
            healthy: states.filter { $0 == "healthy" }.count, all: states.filter { $0 != "draining" }.count)
    }

    private struct ListRequest: Encodable {
        let cluster: String
        let serviceName: String
        let desiredStatus = "STOPPED"
    }

    private struct ListAnswer: Decodable {
        let taskArns: [String]
    }

    private struct TasksRequest: Encodable {
        let cluster: String
        let tasks: [String]
    }

    private struct TasksAnswer: Decodable {
        let tasks: [Task]
    }

    private struct Task: Decodable {
        let taskArn: String
        let taskDefinitionArn: String
        let startedBy: String?
        let lastStatus: String
        let stopCode: String?
        let stoppedReason: String?
        let containers: [Container]?
    }

    private struct Container: Decodable {
        let name: String?
        let reason: String?
        let exitCode: Int?
    }

    /// ECS lists a hundred at most in one answer, and describes as many.
    private func stopped(besides known: Set<String>) async throws(Problem) -> [StoppedTask] {
        let listed: ListAnswer = try await client.call(
            .ecs, "ListTasks", ListRequest(cluster: cluster, serviceName: service))
        let new = listed.taskArns.filter { !known.contains(Self.lastPart($0)) }
        guard !new.isEmpty else { return [] }
        let answer: TasksAnswer = try await client.call(
            .ecs, "DescribeTasks", TasksRequest(cluster: cluster, tasks: Array(new.prefix(100))))
        // One that is still stopping has no reason of its containers yet.
        return answer.tasks.filter { $0.lastStatus == "STOPPED" }.map { task in
            StoppedTask(
                id: Self.lastPart(task.taskArn), taskDefinition: Self.lastPart(task.taskDefinitionArn),
                startedBy: task.startedBy ?? "", stopCode: task.stopCode, stoppedReason: task.stoppedReason,
                containers: (task.containers ?? []).map {
                    StoppedTask.Container(name: $0.name ?? "?", reason: $0.reason, exitCode: $0.exitCode)
                }
            )
        }
    }
}
