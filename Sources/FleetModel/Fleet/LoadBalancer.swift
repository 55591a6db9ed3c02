/// The way in to a region.
package struct LoadBalancer: Equatable, Sendable, Encodable {
    package let isCreated: Bool
    package let port: Int
    package let targetGroupPort: Int
    package let healthCheckPath: String

    package init(isCreated: Bool, port: Int, targetGroupPort: Int, healthCheckPath: String) {
        self.isCreated = isCreated
        self.port = port
        self.targetGroupPort = targetGroupPort
        self.healthCheckPath = healthCheckPath
    }
}
