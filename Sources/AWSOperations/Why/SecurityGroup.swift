import FleetModel

/// What a security group lets through (Amazon EC2 API, DescribeSecurityGroups), as far as it is looked at.
struct SecurityGroup {
    let id: String
    let inward: [Opening]
    let outward: [Opening]

    struct Opening {
        /// `tcp`, or `-1` for everything.
        let wire: String
        let ports: ClosedRange<Int>
        let groups: [String]
        let blocks: [String]

        /// Whether it is for a port of TCP, and for one of the groups or for addresses of the network.
        func leads(to port: Int, of others: [String], in network: CIDRBlock) -> Bool {
            guard wire == "-1" || ["tcp", "6"].contains(wire) && ports.contains(port) else { return false }
            return groups.contains { others.contains($0) }
                || blocks.contains { block in
                    guard block != "0.0.0.0/0" else { return true }
                    let addresses = try? CIDRBlock(parsing: block)  // what is no block of IPv4 is for nobody here
                    return addresses?.overlaps(network) ?? false
                }
        }

        init(_ element: XMLElement) {
            wire = element.text("ipProtocol") ?? ""
            let from = element.text("fromPort").flatMap { Int($0) } ?? 0
            ports = from...max(from, element.text("toPort").flatMap { Int($0) } ?? 65535)
            groups = element.items("groups").compactMap { $0.text("groupId") }
            blocks = element.items("ipRanges").compactMap { $0.text("cidrIp") }
        }
    }

    init(_ element: XMLElement) {
        id = element.text("groupId") ?? ""
        inward = element.items("ipPermissions").map(Opening.init)
        outward = element.items("ipPermissionsEgress").map(Opening.init)
    }
}

extension RuleFacts {
    /// Judges the groups of a balancer and of the tasks behind it.
    init(_ groups: [SecurityGroup], balancer: [String], tasks: [String], port: Int, network: CIDRBlock) {
        let mine = groups.filter { tasks.contains($0.id) }
        let edge = groups.filter { balancer.contains($0.id) }
        self.init(
            balancerGroups: balancer, taskGroups: tasks,
            letsBalancerIn: balancer.isEmpty
                || mine.flatMap(\.inward).contains { $0.leads(to: port, of: balancer, in: network) },
            letsBalancerOut: balancer.isEmpty
                || edge.flatMap(\.outward).contains { $0.leads(to: port, of: tasks, in: network) },
            letsTasksOut: mine.flatMap(\.outward).contains { $0.wire == "-1" || $0.ports.contains(443) }
        )
    }
}
