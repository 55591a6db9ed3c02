/// Who may come in to a region, and how what is kept there is locked.
package struct Protection: Equatable, Sendable, Encodable {
    /// The blocks that may connect; nil is the world.
    package let allowedCIDRs: [String]?
    /// Whether AWS WAF stands in front of the load balancer.
    package let hasFirewall: Bool
    /// Whether a KMS key of the region's own encrypts secrets and logs.
    package let hasOwnKey: Bool

    package init(allowedCIDRs: [String]? = nil, hasFirewall: Bool = false, hasOwnKey: Bool = false) {
        self.allowedCIDRs = allowedCIDRs
        self.hasFirewall = hasFirewall
        self.hasOwnKey = hasOwnKey
    }
}
