/// What is billed by use, which no fleet file says: the month that is assumed for each region.
package struct Usage: Equatable, Sendable {
    /// GB of logs written, and kept for the month.
    package var logs = Quantity(1)
    /// Load balancer capacity units, on average while the load balancer stands.
    package var capacityUnits = Quantity.zero
    /// GB sent to clients.
    package var transferOut = Quantity.zero
    /// GB between the zones, counted once; AWS bills both ends.
    package var transferBetweenZones = Quantity.zero
    /// GB through a NAT gateway.
    package var natTraffic = Quantity.zero
    /// Millions of requests that a firewall looks at.
    package var firewallRequests = Quantity.zero

    package init() {}
}
