/// How one region is, by AWS's word.
package struct RegionStatus: Sendable, Equatable, Encodable {
    /// The region in one word.
    package enum State: String, Sendable, Encodable {
        /// There is no service: nothing was applied, or everything was destroyed.
        case absent
        /// Nothing runs, and nothing should: outside of the schedule's hours, or scaled to nothing.
        case asleep
        case deploying
        /// A deployment did not come up, and stands still or has tasks left while the one before it comes back.
        case failed
        /// Fewer tasks run, or fewer targets are healthy, than should.
        case short
        case running
    }

    package let region: String
    package var state = State.absent
    package var running = 0
    package var desired = 0
    package var rollout: String?
    package var rolloutReason: String?
    package var taskDefinition: String?
    package var healthyTargets = 0
    package var targets = 0
    package var url: String?
    /// The load balancer's own DNS name.
    package var balancer: String?
    /// Days until the domain's certificate ends.
    package var certificateDays: Int?
    /// The range that the schedule, autoscaling and the operator move the number of tasks in.
    package var leastTasks: Int?
    package var mostTasks: Int?
    package var isSchedulePaused = false

    /// Of all gateways together; nil where they don't all tell.
    package var sessions: Int?
    /// Who writes the region's state now.
    package var lock: StateLock?

    package init(region: String) {
        self.region = region
    }
}
