/// How a service is at one moment, by AWS's word: what a deployment is judged by.
struct ServiceSnapshot: Sendable, Equatable {
    struct Deployment: Sendable, Equatable {
        let id: String
        let isPrimary: Bool
        /// `IN_PROGRESS`, `COMPLETED` or `FAILED`.
        let rollout: String?
        let reason: String?
        let taskDefinition: String
        let desired: Int
        let running: Int
        /// Seconds since 1970.
        let createdAt: Int
    }

    struct Event: Sendable, Equatable {
        let id: String
        /// Seconds since 1970.
        let createdAt: Int
        let message: String
    }

    struct Targets: Sendable, Equatable {
        let healthy: Int
        /// Without those that are being taken away.
        let all: Int
    }

    var desired: Int
    var running: Int
    var deployments: [Deployment]
    /// The newest comes first.
    var events: [Event] = []
    /// nil where no balancer is in front.
    var targets: Targets?
    /// Tasks that ended within the last hour, as long as ECS lists them.
    var stopped: [StoppedTask] = []

    var primary: Deployment? { deployments.first(where: \.isPrimary) }
}
