/// What a region costs in a month, line by line.
package struct RegionBill: Equatable, Sendable {
    package let region: String
    package let lines: [CostLine]

    /// Throws a problem for the first price that the book lacks and that is needed; a price that nothing is used of is
    /// not asked for.
    package init(_ needs: RegionNeeds, usage: Usage = Usage(), book: PriceBook) throws(Problem) {
        region = needs.region
        var lines: [CostLine] = []
        for item in Self.items(needs, usage) where item.isAssumed || item.isNeeded {
            guard item.isNeeded || book.known(item.charge, in: needs.region) != nil else { continue }
            let price = try book.price(of: item.charge, in: needs.region)
            lines.append(
                CostLine(
                    what: item.what,
                    charge: item.charge,
                    price: price,
                    quantities: item.quantities,
                    amounts: CostByMode { price.usd * (item.quantities[$0] ?? .zero) },
                    isAssumed: item.isAssumed
                )
            )
        }
        self.lines = lines
    }

    /// Exact; rounded only where it is shown.
    package var total: CostByMode { lines.reduce(.zero) { $0 + $1.amounts } }

    /// Something to bill, before it has a price.
    private struct Item {
        let what: String
        let charge: Charge
        let quantities: [CostMode: Quantity]
        var isAssumed = false

        var isNeeded: Bool { quantities.values.contains { !$0.isZero } }

        init(_ what: String, _ charge: Charge, isAssumed: Bool = false, _ quantity: (CostMode) -> Quantity) {
            self.what = what
            self.charge = charge
            self.isAssumed = isAssumed
            quantities = Dictionary(uniqueKeysWithValues: CostMode.allCases.map { ($0, quantity($0)) })
        }

        init(_ what: String, _ charge: Charge, isAssumed: Bool = false, always quantity: Quantity) {
            self.init(what, charge, isAssumed: isAssumed) { _ in quantity }
        }
    }

    private static func items(_ needs: RegionNeeds, _ usage: Usage) -> [Item] {
        tasks(needs) + balancer(needs, usage) + standing(needs) + waysOut(needs, usage) + byUse(needs, usage)
    }

    /// Processors, memory and addresses of the tasks; Spot by its share.
    private static func tasks(_ needs: RegionNeeds) -> [Item] {
        let kinds = [(100 - needs.spotPercent, false), (needs.spotPercent, true)]
        let shares = kinds.flatMap { percent, onSpot -> [Item] in
            let charges = Charge.task(needs.architecture, onSpot: onSpot)
            let name = "Fargate" + (onSpot ? " Spot" : "") + (needs.architecture == .arm ? " ARM" : "")
            let share = Quantity(percent, per: 100)
            return [
                Item("\(name) vCPU", charges.cpu) {
                    needs.taskHours($0) * share * Quantity(needs.cpu, per: 1024)
                },
                Item("\(name) memory", charges.memory) {
                    needs.taskHours($0) * share * Quantity(needs.memory, per: 1024)
                },
            ]
        }
        return shares + [
            Item("tasks' public addresses", .publicIPv4) { needs.egress.isPrivate ? .zero : needs.taskHours($0) }
        ]
    }

    private static func balancer(_ needs: RegionNeeds, _ usage: Usage) -> [Item] {
        [
            Item("load balancer", .balancer) { needs.balancerHours($0) },
            Item("load balancer's capacity units", .balancerCapacity, isAssumed: needs.hasBalancer) {
                needs.balancerHours($0) * usage.capacityUnits
            },
            Item("load balancer's public addresses", .publicIPv4) { needs.balancerHours($0) * needs.zones },
        ]
    }

    /// What is billed by the month, whether or not anything runs.
    private static func standing(_ needs: RegionNeeds) -> [Item] {
        [
            Item(needs.secrets == 1 ? "secret" : "secrets", .secret, always: Quantity(needs.secrets)),
            Item("private DNS zone", .hostedZone, always: Quantity(needs.hasPrivateZone ? 1 : 0)),
            Item("encryption key", .key, always: Quantity(needs.hasOwnKey ? 1 : 0)),
            Item("alarms", .alarm, always: Quantity(needs.alarms)),
            Item("dashboard", .dashboard, always: Quantity(needs.hasDashboard ? 1 : 0)),
            Item("firewall", .firewall, always: Quantity(needs.hasFirewall ? 1 : 0)),
            Item("firewall's rules", .firewallRule, always: Quantity(needs.hasFirewall ? 3 : 0)),
        ]
    }

    private static func waysOut(_ needs: RegionNeeds, _ usage: Usage) -> [Item] {
        let isNAT = needs.egress == .nat
        let gateway = isNAT ? RegionNeeds.month : .zero
        return [
            Item("NAT gateway", .nat, always: gateway),
            Item("NAT gateway's public address", .publicIPv4, always: gateway),
            Item("NAT gateway's traffic", .natTraffic, isAssumed: isNAT, always: isNAT ? usage.natTraffic : .zero),
            Item("interface endpoints", .endpoint, always: RegionNeeds.month * (needs.endpoints * needs.zones)),
        ]
    }

    private static func byUse(_ needs: RegionNeeds, _ usage: Usage) -> [Item] {
        [
            Item("logs written", .logsIngested, isAssumed: true, always: usage.logs),
            Item("logs kept", .logsStored, isAssumed: true, always: usage.logs),
            Item(
                "firewall's million requests", .firewallRequests, isAssumed: needs.hasFirewall,
                always: needs.hasFirewall ? usage.firewallRequests : .zero
            ),
            Item("transfer to clients", .transferOut, isAssumed: true, always: usage.transferOut),
            Item(
                "transfer between zones, both ends", .transferBetweenZones, isAssumed: true,
                always: usage.transferBetweenZones * 2
            ),
        ]
    }
}
