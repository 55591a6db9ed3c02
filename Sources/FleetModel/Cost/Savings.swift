/// What other choices would cost: each by itself, then all of them at once. Those that change nothing are left out.
package struct Savings: Equatable, Sendable {
    /// A choice that could not be counted, and why.
    package struct Unpriced: Equatable, Sendable {
        package let choice: String
        package let problem: Problem
    }

    package private(set) var all: [Saving] = []
    package private(set) var unpriced: [Unpriced] = []

    private let regions: [RegionNeeds]
    private let usage: Usage
    private let book: PriceBook
    private let mode: CostMode
    private let now: Money

    /// Throws where the regions have no price as they are; a choice that has none is only told.
    package init(_ fleet: Fleet, regions: [Region], usage: Usage = Usage(), book: PriceBook) throws(Problem) {
        self.regions = regions.map { RegionNeeds(fleet, $0) }
        self.usage = usage
        self.book = book
        mode = CostMode(fleet.schedule)
        now = try Self.total(self.regions, mode, usage, book)
        for choice in CostChoice.all { add(choice.words, choice.setting, mode, self.regions.map(choice.changed)) }
        addSchedules(fleet)
        addTogether()
    }

    private mutating func addSchedules(_ fleet: Fleet) {
        if mode == .always {
            add("the schedule, load balancer kept", "enable_weekend_only: true", .weekendKeepingBalancer, regions)
        }
        guard mode != .weekendDestroyingBalancer, regions.contains(where: \.hasBalancer) else { return }
        let settings = [
            fleet.schedule.isWeekendOnly ? nil : "enable_weekend_only: true",
            "destroy_albs_when_scaled_down: true",
            fleet.domain.isEnabled ? nil : "and a domain (enable_domain, domain_name)",
        ]
        add(
            "the schedule, load balancer torn down", settings.compactMap { $0 }.joined(separator: ", "),
            .weekendDestroyingBalancer, regions
        )
    }

    /// Spot floats and is taken away at two minutes' notice, so it is nobody's default advice; nor is what else makes
    /// the service another one.
    private mutating func addTogether() {
        let counted = CostChoice.all.filter { choice in all.contains { $0.choice == choice.words } }
        let others = counted.compactMap(\.caution)
        let listed = others.dropLast().joined(separator: ", ") + (others.count > 1 ? " and " : "") + (others.last ?? "")
        add(
            others.isEmpty ? "all of these" : "all of these but \(listed)", "the lines above",
            .weekendDestroyingBalancer,
            regions.map { one in counted.filter { $0.caution == nil }.reduce(one) { $1.changed($0) } }
        )
    }

    private mutating func add(_ choice: String, _ setting: String, _ mode: CostMode, _ changed: [RegionNeeds]) {
        do {
            let monthly = try Self.total(changed, mode, usage, book)
            guard monthly != now else { return }
            all.append(Saving(choice: choice, setting: setting, monthly: monthly, saved: now - monthly))
        } catch {
            unpriced.append(Unpriced(choice: choice, problem: error))
        }
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
}
