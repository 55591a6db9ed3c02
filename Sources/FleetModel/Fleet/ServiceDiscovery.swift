/// The private DNS names by which replicas of one region find each other.
package struct ServiceDiscovery: Equatable, Sendable, Encodable {
    package let isEnabled: Bool
    /// Seconds.
    package let ttl: Int
    package let failureThreshold: Int

    package init(isEnabled: Bool, ttl: Int, failureThreshold: Int) {
        self.isEnabled = isEnabled
        self.ttl = ttl
        self.failureThreshold = failureThreshold
    }
}
