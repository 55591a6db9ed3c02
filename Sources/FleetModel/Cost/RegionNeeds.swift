/// What of a region AWS bills, as numbers that can be changed to see what another choice would cost.
package struct RegionNeeds: Equatable, Sendable {
    package let region: String
    package var tasks: Int
    /// CPU units; 1024 is one vCPU.
    package var cpu: Int
    /// MiB.
    package var memory: Int
    package var architecture: Architecture
    package var spotPercent: Int
    package var zones: Int
    package var hoursPerWeek: Int
    package var hasBalancer: Bool
    package var egress: Egress
    package var secrets: Int
    package var hasPrivateZone: Bool
    package var hasOwnKey: Bool
    package var alarms: Int
    package var hasDashboard: Bool
    package var hasFirewall: Bool
    package var endpoints: Int

    /// Counts what `terraform/region` makes of the fleet file.
    package init(_ fleet: Fleet, _ region: Region) {
        self.region = region.name
        tasks = region.task.desiredCount
        cpu = region.task.cpu
        memory = region.task.memory
        architecture = region.task.architecture
        spotPercent = region.task.spotPercent
        zones = region.network.availabilityZones.count
        hoursPerWeek = fleet.schedule.hoursPerWeek
        hasBalancer = region.loadBalancer.isCreated
        egress = region.network.egress
        // The fleet's key, and one for the server's own values where it has any.
        secrets = fleet.server.secretKeys.isEmpty ? 1 : 2
        hasPrivateZone = region.serviceDiscovery.isEnabled
        hasOwnKey = region.protection.hasOwnKey
        alarms = region.monitoring.hasAlarms && region.loadBalancer.isCreated ? 3 : 0
        hasDashboard = region.monitoring.hasDashboard
        hasFirewall = region.protection.hasFirewall
        endpoints = region.network.egress == .endpoints ? (region.task.allowsShell ? 5 : 4) : 0
    }

    /// Hours of a month: AWS's price pages count 730.
    package static let month = Quantity(730)

    /// Hours of a month within the schedule: a twelfth of 52 weeks.
    package var scheduledHours: Quantity { Quantity(hoursPerWeek * 52, per: 12) }

    func taskHours(_ mode: CostMode) -> Quantity {
        (mode == .always ? Self.month : scheduledHours) * tasks
    }

    func balancerHours(_ mode: CostMode) -> Quantity {
        guard hasBalancer else { return .zero }
        return mode == .weekendDestroyingBalancer ? scheduledHours : Self.month
    }
}
