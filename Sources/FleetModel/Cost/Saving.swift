/// What another choice would cost the regions that are looked at, beside what they cost as they are.
package struct Saving: Equatable, Sendable {
    /// In words: "Fargate on ARM".
    package let choice: String
    /// What to write in the fleet file.
    package let setting: String
    package let monthly: Money
    /// How much less that is; negative where it is more.
    package let saved: Money

    /// Each choice by itself, then all of them at once; those that change nothing are left out.
    package static func all(
        _ fleet: Fleet,
        regions: [Region],
        usage: Usage = Usage(),
        book: PriceBook
    ) throws(Problem) -> [Saving] {
        let mode = CostMode(fleet.schedule)
        let needs = regions.map { RegionNeeds(fleet, $0) }
        let now = try total(needs, mode, usage, book)
        var savings: [Saving] = []
        func add(_ choice: String, _ setting: String, _ mode: CostMode, _ changed: [RegionNeeds]) throws(Problem) {
            let monthly = try total(changed, mode, usage, book)
            guard monthly != now else { return }
            savings.append(Saving(choice: choice, setting: setting, monthly: monthly, saved: now - monthly))
        }
        for choice in Choice.all {
            try add(choice.words, choice.setting, mode, needs.map(choice.changed))
        }
        if mode == .always {
            try add("the schedule, load balancer kept", "enable_weekend_only: true", .weekendKeepingBalancer, needs)
        }
        if mode != .weekendDestroyingBalancer {
            try add(
                "the schedule, load balancer torn down", "destroy_albs_when_scaled_down: true",
                .weekendDestroyingBalancer, needs
            )
        }
        // Spot floats and is taken away at two minutes' notice, so it is nobody's default advice.
        let cautious = Choice.all.filter { $0.isHarmless }
        try add(
            "all of these but Spot and smaller tasks", "the lines above", .weekendDestroyingBalancer,
            needs.map { one in cautious.reduce(one) { $1.changed($0) } }
        )
        return savings
    }

    private static func total(
        _ needs: [RegionNeeds],
        _ mode: CostMode,
        _ usage: Usage,
        _ book: PriceBook
    ) throws(Problem) -> Money {
        var sum = Money.zero
        for one in needs { sum += try RegionBill(one, usage: usage, book: book).total[mode] }
        return sum
    }

    /// A change of a region's needs.
    private struct Choice {
        let words: String
        let setting: String
        /// Whether the service is the same afterwards.
        var isHarmless = false
        let change: @Sendable (inout RegionNeeds) -> Void

        func changed(_ needs: RegionNeeds) -> RegionNeeds {
            var needs = needs
            change(&needs)
            return needs
        }

        static let all: [Choice] = [
            Choice(words: "ARM", setting: "architecture: ARM64", isHarmless: true) { $0.architecture = .arm },
            Choice(words: "Spot", setting: "spot_percent: 100") { $0.spotPercent = 100 },
            Choice(words: "two zones", setting: "availability_zones: [...a, ...b]", isHarmless: true) {
                $0.zones = min($0.zones, 2)
            },
            Choice(words: "tasks of half the size", setting: "cpu, memory") { needs in
                guard let sizes = FargateSize.memory(forCPU: needs.cpu / 2),
                    let memory = FargateSize.nearestMemory(to: needs.memory / 2, among: sizes)
                else { return }
                (needs.cpu, needs.memory) = (needs.cpu / 2, memory)
            },
            Choice(words: "public addresses instead of private subnets", setting: "private_subnets: none") {
                $0.egress = .publicAddresses
                $0.endpoints = 0
            },
        ]
    }
}
