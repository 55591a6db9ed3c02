/// Everything that is known about one region when somebody asks why it is as it is. Pure: what was read, no more.
package struct RegionFacts: Sendable, Equatable {
    package var status: RegionStatus
    /// Tasks that were asked for and do not run yet.
    package var pending = 0
    /// The service's last events, the newest first.
    package var events: [String] = []
    /// Tasks that stopped in the last hour or so, the newest first; ECS keeps them no longer.
    package var stopped: [EndedTask] = []
    /// The targets that are not healthy.
    package var targets: [TargetFact] = []
    package var secrets: SecretFacts?
    package var rules: RuleFacts?
    package var schedule: ScheduleFacts?
    /// Whether the fleet file wants a load balancer.
    package var wantsBalancer = true
    package var containerPort = 0
    package var healthPath = ""
    package var image = ""
    package var architecture = ""
    package var memory = 0
    /// How tasks reach the world, by the fleet file's word.
    package var egress = "none"
    /// What could not be looked at, and why.
    package var notLookedAt: [String] = []

    package init(_ status: RegionStatus) {
        self.status = status
    }

    package var region: String { status.region }
}
