/// A change of a region's needs that its operator could decide on.
struct CostChoice: Sendable {
    let words: String
    /// What to write in the fleet file.
    let setting: String
    /// The choice in short where the service is not the same afterwards; nil where it is.
    var caution: String?
    let change: @Sendable (inout RegionNeeds) -> Void

    func changed(_ needs: RegionNeeds) -> RegionNeeds {
        var needs = needs
        change(&needs)
        return needs
    }

    static let all: [CostChoice] = [
        CostChoice(words: "ARM", setting: "architecture: ARM64") { $0.architecture = .arm },
        CostChoice(words: "Spot", setting: "spot_percent: 100", caution: "Spot") { $0.spotPercent = 100 },
        CostChoice(words: "two zones", setting: "availability_zones: [...a, ...b]") { $0.zones = min($0.zones, 2) },
        CostChoice(words: "tasks of half the size", setting: "cpu, memory", caution: "smaller tasks") { needs in
            guard let sizes = FargateSize.memory(forCPU: needs.cpu / 2),
                let memory = FargateSize.nearestMemory(to: needs.memory / 2, among: sizes)
            else { return }
            (needs.cpu, needs.memory) = (needs.cpu / 2, memory)
        },
        CostChoice(
            words: "public addresses instead of private subnets", setting: "private_subnets: none",
            caution: "public addresses"
        ) {
            $0.egress = .publicAddresses
            $0.endpoints = 0
        },
    ]
}
