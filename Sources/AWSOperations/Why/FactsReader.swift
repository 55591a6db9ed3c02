import FleetModel

/// Reads everything that may explain one region. Changes nothing; what can't be read is noted, and the rest is read.
package struct FactsReader: Sendable {
    private let client: AWSClient
    private let fleet: Fleet
    private let region: Region
    private let tasks: TaskList
    private let now: Int

    /// `now` is in seconds since 1970.
    package init(_ client: AWSClient, _ fleet: Fleet, _ region: Region, now: Int) {
        self.client = client
        self.fleet = fleet
        self.region = region
        self.now = now
        tasks = TaskList(client, fleet, region)
    }

    package func facts() async throws(Problem) -> RegionFacts {
        var facts = RegionFacts(try await RegionReader(client, fleet, region, now: now).status())
        facts.wantsBalancer = region.loadBalancer.isCreated
        facts.containerPort = region.task.containerPort
        facts.healthPath = region.loadBalancer.healthCheckPath
        facts.image = fleet.server.image ?? "the image"
        facts.architecture = region.task.architecture.rawValue
        facts.memory = region.task.memory
        facts.egress = region.network.egress.rawValue
        if fleet.schedule.isWeekendOnly {
            facts.schedule = ScheduleFacts(hours: fleet.schedule.hoursInWords, isOpen: fleet.schedule.isOpen(at: now))
        }
        guard facts.status.state != .absent, facts.status.state != .asleep else { return facts }
        let service = await attempt(&facts.notLookedAt, tasks.detail) ?? nil
        facts.pending = service?.pendingCount ?? 0
        facts.events = service?.events?.prefix(20).compactMap(\.message) ?? []
        facts.stopped = await attempt(&facts.notLookedAt, stopped) ?? []
        facts.secrets = await attempt(&facts.notLookedAt, secrets)
        guard let service else { return facts }
        facts.targets = await attempt(&facts.notLookedAt) { () throws(Problem) in try await targets(service) } ?? []
        facts.rules = await attempt(&facts.notLookedAt) { () throws(Problem) in try await rules(service) } ?? nil
        return facts
    }

    private func attempt<Value>(
        _ missed: inout [String],
        _ read: () async throws(Problem) -> Value
    ) async -> Value? {
        do {
            return try await read()
        } catch {
            missed.append([error.summary, error.detail].compactMap { $0 }.joined(separator: ": "))
            return nil
        }
    }

    private func stopped() async throws(Problem) -> [EndedTask] {
        var told: [EndedTask] = []
        for detail in try await tasks.stopped().prefix(10) where !Self.isUsual(detail) {
            var task = EndedTask(id: detail.id)
            task.stopCode = detail.stopCode ?? ""
            task.reason = detail.stoppedReason ?? ""
            task.containers = (detail.containers ?? []).map {
                EndedTask.Container(name: $0.name ?? "", exitCode: $0.exitCode, reason: $0.reason ?? "")
            }
            if told.isEmpty { task.lastLines = await lastLines(of: task) }
            told.append(task)
        }
        return told
    }

    /// What people, scaling and deployments stop explains nothing.
    private static func isUsual(_ task: TaskDetail) -> Bool {
        task.stopCode == "UserInitiated" || task.stoppedReason?.hasPrefix("Scaling activity") == true
    }

    private struct LinesRequest: Encodable {
        let logGroupName: String
        let logStreamName: String
        let limit = 5
        let startFromHead = false
    }

    private struct LinesAnswer: Decodable {
        let events: [Line]

        struct Line: Decodable {
            let message: String
        }
    }

    /// The end of the log of the container that ended the task; nothing where it never wrote.
    private func lastLines(of task: EndedTask) async -> [String] {
        let culprit = task.containers.first { $0.exitCode != nil && $0.exitCode != 0 } ?? task.containers.first
        guard let culprit else { return [] }
        let request = LinesRequest(
            logGroupName: ResourceNames(fleet, region).logGroup, logStreamName: "ecs/\(culprit.name)/\(task.id)")
        do throws(Problem) {
            let answer: LinesAnswer = try await client.call(.logs, "GetLogEvents", request)
            return answer.events.map { String($0.message.prefix(500)) }
        } catch {
            return []
        }
    }

    /// Whether the values are there that a task needs.
    package func secrets() async throws(Problem) -> SecretFacts {
        let shelf = SecretShelf(client, fleet, region)
        var facts = SecretFacts()
        if case .nothing = try await shelf.value(of: shelf.find(.fleetKey)) { facts.isFleetKeyMissing = true }
        guard !fleet.server.secretKeys.isEmpty else { return facts }
        if let held = ServerSecrets(try await shelf.value(of: shelf.find(.server))) {
            facts.missingKeys = fleet.server.secretKeys.filter { !held.names.contains($0) }
        } else {
            facts.isUnreadable = true
        }
        return facts
    }

    private func targets(_ service: ServiceDetail) async throws(Problem) -> [TargetFact] {
        guard let group = service.loadBalancers?.lazy.compactMap(\.targetGroupArn).first else { return [] }
        let answer = try await client.query(.loadBalancing, "DescribeTargetHealth", [("TargetGroupArn", group)])
        return answer.members("TargetHealthDescriptions").compactMap { member in
            let state = member.text("TargetHealth", "State") ?? ""
            guard !["healthy", "draining"].contains(state) else { return nil }
            return TargetFact(
                id: member.text("Target", "Id") ?? "", state: state,
                reason: member.text("TargetHealth", "Reason") ?? "",
                description: member.text("TargetHealth", "Description") ?? ""
            )
        }
    }

    private func rules(_ service: ServiceDetail) async throws(Problem) -> RuleFacts? {
        let mine = service.networkConfiguration?.awsvpcConfiguration?.securityGroups ?? []
        guard !mine.isEmpty else { return nil }
        let edge = try await balancerGroups()
        let ids = (mine + edge).enumerated().map { (name: "GroupId.\($0.offset + 1)", value: $0.element) }
        let answer = try await client.query(.network, "DescribeSecurityGroups", ids)
        return RuleFacts(
            answer.items("securityGroupInfo").map(SecurityGroup.init), balancer: edge, tasks: mine,
            port: region.task.containerPort, network: region.network.vpc)
    }

    private func balancerGroups() async throws(Problem) -> [String] {
        do {
            let answer = try await client.query(
                .loadBalancing, "DescribeLoadBalancers", [("Names.member.1", ResourceNames(fleet, region).loadBalancer)]
            )
            return answer.members("LoadBalancers").first?.members("SecurityGroups").map(\.text) ?? []
        } catch  where error.kind == .notFound {
            return []
        }
    }
}
