/// The addresses of one region.
package struct Network: Equatable, Sendable, Encodable {
    package let vpc: CIDRBlock
    package let availabilityZones: [String]
    /// One for each zone, in the zones' order.
    package let subnets: [CIDRBlock]
    package let egress: Egress

    package init(
        vpc: CIDRBlock,
        availabilityZones: [String],
        subnets: [CIDRBlock],
        egress: Egress = .publicAddresses
    ) {
        self.vpc = vpc
        self.availabilityZones = availabilityZones
        self.subnets = subnets
        self.egress = egress
    }
}
