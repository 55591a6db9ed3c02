/// Follows one deployment from look to look: what is new, and whether it is over. It asks nobody anything.
///
/// A deployment is known by its id, because a roll-back and a restart have task definitions that were there before
/// (Amazon ECS Developer Guide, "How the Amazon ECS deployment circuit breaker detects failures").
struct DeploymentJudgement {
    private let goal: DeploymentGoal
    /// Seconds since 1970.
    private let begun: Int
    private let limit: Int
    /// The id of the deployment that is followed, known from the first look on.
    private var followed: String?
    /// The deployment as it was seen last.
    private var last: ServiceSnapshot.Deployment?
    private var failedSince: Int?
    private var knownEvents: Set<String>?
    private var told: DeploymentProgress?
    private(set) var knownTasks: Set<String> = []
    private(set) var stopped: [StoppedTask] = []

    /// How long, in seconds, AWS may not know yet what it just began, or leave a failed deployment in its place.
    private static let lag = 30

    init(_ goal: DeploymentGoal, begun: Int, limit: Int) {
        self.goal = goal
        self.begun = begun
        self.limit = limit
        if case .deployment(let id) = goal { followed = id }
    }

    /// One more look at the service.
    mutating func look(at service: ServiceSnapshot, now: Int) -> (news: [DeploymentNews], end: DeploymentEnd?) {
        followed = followed ?? service.primary?.id
        let ours = service.deployments.first { $0.id == followed }
        last = ours ?? last
        if ours?.rollout == "FAILED" { failedSince = failedSince ?? now }
        let progress = progress(of: service)
        var news = events(of: service) + stops(in: service)
        if progress != told { news.append(.progress(progress)) }
        told = progress
        return (news, end(of: service, ours, now))
    }

    func progress(of service: ServiceSnapshot) -> DeploymentProgress {
        let ours = service.deployments.first { $0.id == followed }
        if case .deployment = goal, let ours {
            return DeploymentProgress(
                running: ours.running, desired: ours.desired, healthyTargets: service.targets?.healthy)
        }
        return DeploymentProgress(
            running: service.running, desired: service.desired, healthyTargets: service.targets?.healthy)
    }

    /// Those since the deployment began; of an older one none, at the first look.
    private mutating func events(of service: ServiceSnapshot) -> [DeploymentNews] {
        let since = max(last?.createdAt ?? begun, begun - Self.lag)
        let known = knownEvents ?? Set(service.events.filter { $0.createdAt < since }.map(\.id))
        knownEvents = known.union(service.events.map(\.id))
        return service.events.filter { !known.contains($0.id) }.reversed().map { event in
            // "(service my-mcp) has reached a steady state.": the region is named already.
            let message = event.message.hasPrefix("(service ") ? event.message.drop { $0 != ")" }.dropFirst(2) : ""
            return .event(String((message.isEmpty ? event.message[...] : message).prefix(1000)))
        }
    }

    /// Tasks of this deployment that ended without being asked to; the same reason is told once.
    private mutating func stops(in service: ServiceSnapshot) -> [DeploymentNews] {
        // Whose a task was, nobody can say before the deployment is listed.
        guard last != nil else { return [] }
        var news: [DeploymentNews] = []
        for task in service.stopped where knownTasks.insert(task.id).inserted && isOurs(task) && !task.isRoutine {
            if !stopped.contains(where: { $0.words == task.words }) { news.append(.stopped(task)) }
            stopped.append(task)
        }
        return news
    }

    private func isOurs(_ task: StoppedTask) -> Bool {
        guard let last else { return false }
        return task.startedBy.hasPrefix("ecs-svc/")
            ? task.startedBy == last.id : task.taskDefinition == last.taskDefinition
    }

    private func end(
        of service: ServiceSnapshot,
        _ ours: ServiceSnapshot.Deployment?,
        _ now: Int
    ) -> DeploymentEnd? {
        let isLate = now - begun >= limit
        switch goal {
        case .range(let range):
            let isThere = range.contains(service.desired) && service.running == service.desired && areHealthy(service)
            if isThere { return .done }
        case .deployment:
            guard let ours else {
                let isGone = last != nil || now - begun >= Self.lag
                return isGone ? displaced(in: service) : nil
            }
            if let failedSince {
                let reason = ours.reason ?? ""
                if !ours.isPrimary { return .rolledBack(reason: reason) }
                return now - failedSince >= Self.lag || isLate ? .failed(reason: reason) : nil
            }
            if !ours.isPrimary { return displaced(in: service) }
            let isUp = ours.rollout ?? "COMPLETED" == "COMPLETED" && service.running == service.desired
            if service.desired == 0 || isUp && areHealthy(service) { return .done }
        }
        return isLate ? .overdue(after: limit) : nil
    }

    private func areHealthy(_ service: ServiceSnapshot) -> Bool {
        service.targets.map { $0.healthy >= service.desired } ?? true
    }

    /// Another deployment is in its place: either ECS went back to it, or somebody began it.
    private func displaced(in service: ServiceSnapshot) -> DeploymentEnd {
        let told = service.events.first { event in
            followed.map { event.message.contains($0) } == true && event.message.contains("failed")
        }
        guard let primary = service.primary else { return .failed(reason: told?.message ?? "") }
        let isOlder = last.map { primary.createdAt < $0.createdAt } ?? false
        let isWayBack = primary.reason?.lowercased().contains("roll") ?? false
        guard isOlder || isWayBack || told != nil else { return .overtaken(by: primary.taskDefinition) }
        return .rolledBack(reason: told?.message ?? primary.reason ?? "")
    }
}
