/// What one task is given, and how many of them a region runs.
package struct TaskShape: Equatable, Sendable, Encodable {
    /// CPU units; 1024 is one vCPU.
    package let cpu: Int
    /// MiB.
    package let memory: Int
    package let desiredCount: Int
    /// The port the gateway listens on.
    package let containerPort: Int
    /// Plain variables of the container; never a secret.
    package let environment: [String: String]

    package init(cpu: Int, memory: Int, desiredCount: Int, containerPort: Int, environment: [String: String]) {
        self.cpu = cpu
        self.memory = memory
        self.desiredCount = desiredCount
        self.containerPort = containerPort
        self.environment = environment
    }
}
