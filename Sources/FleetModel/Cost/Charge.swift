/// Something that AWS bills by the piece, the hour or the gigabyte.
package enum Charge: String, Sendable, CaseIterable {
    case fargateX86CPU = "fargate-x86-vcpu-hour"
    case fargateX86Memory = "fargate-x86-gb-hour"
    case fargateARMCPU = "fargate-arm-vcpu-hour"
    case fargateARMMemory = "fargate-arm-gb-hour"
    case spotX86CPU = "fargate-spot-x86-vcpu-hour"
    case spotX86Memory = "fargate-spot-x86-gb-hour"
    case spotARMCPU = "fargate-spot-arm-vcpu-hour"
    case spotARMMemory = "fargate-spot-arm-gb-hour"
    case balancer = "load-balancer-hour"
    case balancerCapacity = "load-balancer-capacity-unit-hour"
    case publicIPv4 = "public-ipv4-hour"
    case logsIngested = "logs-ingested-gb"
    case logsStored = "logs-stored-gb-month"
    case secret = "secret-month"
    case hostedZone = "hosted-zone-month"
    case key = "kms-key-month"
    case alarm = "alarm-month"
    case dashboard = "dashboard-month"
    case firewall = "waf-acl-month"
    case firewallRule = "waf-rule-month"
    case firewallRequests = "waf-million-requests"
    case nat = "nat-gateway-hour"
    case natTraffic = "nat-gateway-gb"
    case endpoint = "interface-endpoint-hour"
    case transferOut = "transfer-out-gb"
    case transferBetweenZones = "transfer-between-zones-gb"
    case stateTransitions = "state-transition"

    /// The two of one kind of task: its processor and its memory.
    static func task(_ architecture: Architecture, onSpot: Bool) -> (cpu: Charge, memory: Charge) {
        switch (architecture, onSpot) {
        case (.x86, false): (.fargateX86CPU, .fargateX86Memory)
        case (.arm, false): (.fargateARMCPU, .fargateARMMemory)
        case (.x86, true): (.spotX86CPU, .spotX86Memory)
        case (.arm, true): (.spotARMCPU, .spotARMMemory)
        }
    }

    /// Whether `slipway cost --refresh` finds it. NAT gateways stand in a list of some hundred megabytes.
    package var isInPriceList: Bool { ![.nat, .natTraffic].contains(self) && !Self.sameEverywhere.contains(self) }

    /// What costs the same in every region.
    static let sameEverywhere: Set<Charge> = [
        .hostedZone, .transferBetweenZones, .dashboard, .firewall, .firewallRule, .firewallRequests, .stateTransitions,
    ]
}
