import FleetModel

/// The tasks of one region's service. Changes nothing.
package struct TaskList: Sendable {
    private let client: AWSClient
    private let cluster: String
    private let service: String

    package init(_ client: AWSClient, _ fleet: Fleet, _ region: Region) {
        self.client = client
        cluster = region.clusterName
        service = ResourceNames(fleet, region).service
    }

    /// Those that run, by their ids' order.
    package func running() async throws(Problem) -> [RunningTask] {
        try await tasks("RUNNING").filter { $0.lastStatus == "RUNNING" }
            .map { RunningTask(id: $0.id, allowsShell: $0.enableExecuteCommand ?? true) }
            .sorted { $0.id < $1.id }
    }

    /// Those that stopped, the newest first. ECS forgets them after an hour.
    func stopped() async throws(Problem) -> [TaskDetail] {
        try await tasks("STOPPED").sorted { ($0.stoppedAt ?? 0) > ($1.stoppedAt ?? 0) }
    }

    func detail() async throws(Problem) -> ServiceDetail? {
        let answer: ServiceDetail.Answer = try await client.call(
            .ecs, "DescribeServices", ServiceDescription.Request(cluster: cluster, services: [service]))
        return answer.services.first
    }

    private func tasks(_ desired: String) async throws(Problem) -> [TaskDetail] {
        let list: TaskDetail.ListAnswer = try await client.call(
            .ecs, "ListTasks", TaskDetail.ListRequest(cluster: cluster, serviceName: service, desiredStatus: desired))
        guard !list.taskArns.isEmpty else { return [] }
        let answer: TaskDetail.Answer = try await client.call(
            .ecs, "DescribeTasks", TaskDetail.Request(cluster: cluster, tasks: list.taskArns))
        return answer.tasks
    }
}
