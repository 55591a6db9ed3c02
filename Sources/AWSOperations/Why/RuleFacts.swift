/// What the security groups let through, as far as the balancer and the tasks need it.
package struct RuleFacts: Sendable, Equatable {
    package let balancerGroups: [String]
    package let taskGroups: [String]
    /// Whether the tasks' groups let the balancer in on the container's port.
    package let letsBalancerIn: Bool
    /// Whether the balancer's groups let it out to there.
    package let letsBalancerOut: Bool
    /// Whether the tasks' groups let anything out on port 443: the registry, the secrets and the log are there.
    package let letsTasksOut: Bool

    package init(
        balancerGroups: [String],
        taskGroups: [String],
        letsBalancerIn: Bool,
        letsBalancerOut: Bool,
        letsTasksOut: Bool
    ) {
        self.balancerGroups = balancerGroups
        self.taskGroups = taskGroups
        self.letsBalancerIn = letsBalancerIn
        self.letsBalancerOut = letsBalancerOut
        self.letsTasksOut = letsTasksOut
    }
}
