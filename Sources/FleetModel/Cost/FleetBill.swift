/// What a fleet costs in a month: its regions, and what it has once.
package struct FleetBill: Equatable, Sendable {
    package let regions: [RegionBill]
    /// What no region has alone: the public zone, and the machinery that opens and closes the edges.
    package let shared: [CostLine]
    /// How the fleet file has it run.
    package let mode: CostMode

    /// - Parameter chosen: the regions to count, in the file's order; what is shared counts in full.
    package init(
        _ fleet: Fleet,
        regions chosen: [Region],
        usage: Usage = Usage(),
        book: PriceBook
    ) throws(Problem) {
        mode = CostMode(fleet.schedule)
        var bills: [RegionBill] = []
        for region in chosen {
            bills.append(try RegionBill(RegionNeeds(fleet, region), usage: usage, book: book))
        }
        regions = bills
        shared = try Self.shared(fleet, chosen, book)
    }

    package var sharedTotal: CostByMode { shared.reduce(.zero) { $0 + $1.amounts } }
    package var total: CostByMode { regions.reduce(sharedTotal) { $0 + $1.total } }

    private static func shared(_ fleet: Fleet, _ regions: [Region], _ book: PriceBook) throws(Problem) -> [CostLine] {
        // What is shared costs the same in every region that has a price.
        guard let region = regions.first?.name else { return [] }
        let edges = fleet.schedule.destroysLoadBalancers ? regions.filter(\.loadBalancer.isCreated).count : 0
        let rows: [(what: String, charge: Charge, count: Int)] = [
            ("public DNS zone", .hostedZone, fleet.domain.isEnabled ? 1 : 0),
            // One watches four metrics' worth: three of executions, one of starts that were missed.
            ("schedule's alarms", .alarm, edges * metricsWatched),
            ("schedule's state transitions", .stateTransitions, edges * transitions),
        ]
        var lines: [CostLine] = []
        for row in rows where row.count > 0 {
            let price = try book.price(of: row.charge, in: region)
            let quantity = Quantity(row.count)
            let amount = price.usd * quantity
            lines.append(
                CostLine(
                    what: row.what,
                    charge: row.charge,
                    price: price,
                    quantities: Dictionary(uniqueKeysWithValues: CostMode.allCases.map { ($0, quantity) }),
                    amounts: CostByMode { _ in amount },
                    isAssumed: false
                )
            )
        }
        return lines
    }

    private static let metricsWatched = 4
    /// About a dozen steps at every full hour of the month.
    private static let transitions = 8760
}
