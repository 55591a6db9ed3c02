/// The addresses of one region.
package struct Network: Equatable, Sendable, Encodable {
    package let vpc: CIDRBlock
    package let availabilityZones: [String]
    /// One for each zone, in the zones' order.
    package let subnets: [CIDRBlock]

    package init(vpc: CIDRBlock, availabilityZones: [String], subnets: [CIDRBlock]) {
        self.vpc = vpc
        self.availabilityZones = availabilityZones
        self.subnets = subnets
    }
}
