/// How tasks reach the world, which is also whether they have public addresses.
package enum Egress: String, Sendable, Encodable, CaseIterable {
    /// By public addresses of their own; nobody comes in by them.
    case publicAddresses = "none"
    /// From private subnets, through one NAT gateway.
    case nat
    /// From private subnets to AWS's own services only, through interface endpoints.
    case endpoints

    package var isPrivate: Bool { self != .publicAddresses }
}
