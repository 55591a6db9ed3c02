/// The prices that travel with the program. docs/cost.md shows them as a table, which a test holds to be this one.
extension PriceBook {
    package static let builtIn = PriceBook(
        ["us-east-1": usEast1, "eu-west-1": euWest1, "eu-west-2": euWest2].mapValues {
            $0.merging(everywhere) { own, _ in own }
        }
    )

    /// AWS's public price lists, as published in September and October 2026.
    private static let list = (date: "2026-10", source: "AWS price list")
    /// The feed behind AWS's Fargate page; it floats.
    private static let spot = (date: "2026-09-28", source: "AWS Spot feed")
    private static let london = (date: "2026-09-05", source: "AWS price list, quoted")
    private static let oldSpot = (date: "2026-01", source: "AWS Spot feed, an old copy")
    private static let bill = (date: "2026-07", source: "a bill")
    private static let page = (date: "2026-10", source: "AWS price page")

    private static func price(_ billionths: Int, _ from: (date: String, source: String)) -> Price {
        Price(usd: Money(billionths: billionths), date: from.date, source: from.source)
    }

    /// A hosted zone and a firewall cost the same wherever they are; the rest is what these three have in common.
    static let everywhere: [Charge: Price] = [
        .publicIPv4: price(5_000_000, list),
        .secret: price(400_000_000, list),
        .hostedZone: price(500_000_000, list),
        .alarm: price(100_000_000, list),
        .transferOut: price(90_000_000, list),
        .transferBetweenZones: price(10_000_000, page),
        .key: price(1_000_000_000, page),
        .dashboard: price(3_000_000_000, page),
        .firewall: price(5_000_000_000, page),
        .firewallRule: price(1_000_000_000, page),
        .firewallRequests: price(600_000_000, page),
        .stateTransitions: price(25_000, page),
    ]

    private static let usEast1: [Charge: Price] = [
        .fargateX86CPU: price(40_480_000, list), .fargateX86Memory: price(4_445_000, list),
        .fargateARMCPU: price(32_380_000, list), .fargateARMMemory: price(3_560_000, list),
        .spotX86CPU: price(12_888_710, spot), .spotX86Memory: price(1_415_270, spot),
        .spotARMCPU: price(10_309_690, spot), .spotARMMemory: price(1_133_490, spot),
        .balancer: price(22_500_000, list), .balancerCapacity: price(8_000_000, list),
        .logsIngested: price(500_000_000, page), .logsStored: price(30_000_000, list),
        .nat: price(45_000_000, list), .natTraffic: price(45_000_000, list),
        .endpoint: price(10_000_000, page),
    ]

    private static let euWest1: [Charge: Price] = [
        .fargateX86CPU: price(40_480_000, list), .fargateX86Memory: price(4_445_000, list),
        .fargateARMCPU: price(32_380_000, list), .fargateARMMemory: price(3_560_000, list),
        .spotX86CPU: price(12_240_560, spot), .spotX86Memory: price(1_344_100, spot),
        .spotARMCPU: price(9_791_240, spot), .spotARMMemory: price(1_076_490, spot),
        .balancer: price(25_200_000, bill), .balancerCapacity: price(8_000_000, list),
        .logsIngested: price(570_000_000, list), .logsStored: price(30_000_000, list),
        .nat: price(48_000_000, page), .natTraffic: price(48_000_000, page),
        .endpoint: price(11_000_000, page),
    ]

    /// Nobody here has seen ARM's Spot prices of London; `slipway cost --refresh` fetches them.
    private static let euWest2: [Charge: Price] = [
        .fargateX86CPU: price(46_560_000, london), .fargateX86Memory: price(5_110_000, london),
        .fargateARMCPU: price(37_250_000, london), .fargateARMMemory: price(4_090_000, london),
        .spotX86CPU: price(13_968_000, oldSpot), .spotX86Memory: price(1_533_000, oldSpot),
        .balancer: price(26_460_000, london), .balancerCapacity: price(8_400_000, london),
        .logsIngested: price(598_500_000, london), .logsStored: price(31_500_000, london),
        .nat: price(50_000_000, london), .natTraffic: price(50_000_000, london),
        .endpoint: price(11_000_000, london),
    ]
}
