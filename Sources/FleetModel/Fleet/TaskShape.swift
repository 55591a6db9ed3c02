/// What one task is given, and how many of them a region runs.
package struct TaskShape: Equatable, Sendable, Encodable {
    /// CPU units; 1024 is one vCPU.
    package let cpu: Int
    /// MiB.
    package let memory: Int
    package let architecture: Architecture
    package let desiredCount: Int
    /// How many tasks there may be when they are busy; `desiredCount` where nothing scales by itself.
    package let maxCount: Int
    /// How many of a hundred tasks run on Spot.
    package let spotPercent: Int
    /// The port the gateway listens on.
    package let containerPort: Int
    /// Plain variables of the container and, by `SLIPWAY_` names, settings of the gateway; never a secret.
    package let environment: [String: String]
    /// Whether ECS Exec opens a shell in a task.
    package let allowsShell: Bool

    package init(
        cpu: Int,
        memory: Int,
        architecture: Architecture = .x86,
        desiredCount: Int,
        maxCount: Int? = nil,
        spotPercent: Int = 0,
        containerPort: Int,
        environment: [String: String],
        allowsShell: Bool = false
    ) {
        self.cpu = cpu
        self.memory = memory
        self.architecture = architecture
        self.desiredCount = desiredCount
        self.maxCount = maxCount ?? desiredCount
        self.spotPercent = spotPercent
        self.containerPort = containerPort
        self.environment = environment
        self.allowsShell = allowsShell
    }
}
