import FleetModel
import Foundation
import TerminalView

/// What a fleet costs in a month.
struct CostAnswer: Answer {
    let fleet: Fleet
    let bill: FleetBill
    private let usage: Usage
    /// nil where nobody asked.
    let savings: Savings?

    init(fleet: Fleet, bill: FleetBill, usage: Usage, savings: Savings?) {
        self.fleet = fleet
        self.bill = bill
        self.usage = usage
        self.savings = savings
    }

    func text(ink: Ink) -> String {
        let dates = priceDates
        let span = dates.first == dates.last ? dates.first ?? "" : "\(dates.first ?? "") to \(dates.last ?? "")"
        var parts = ["\(fleet.projectName) (\(fleet.environment)): US dollars a month, by prices of \(span).\n"]
        parts += bill.regions.map { ink.bold($0.region) + "\n" + table($0.lines, total: $0.total).text(ink: ink) }
        if !bill.shared.isEmpty {
            parts.append(
                ink.bold("once for the fleet") + "\n" + table(bill.shared, total: bill.sharedTotal).text(ink: ink))
        }
        if bill.regions.count > 1 || !bill.shared.isEmpty {
            parts.append(ink.bold("in all") + "\n" + totals.text(ink: ink))
        }
        parts.append(notes)
        if let savings {
            let table = comparison(savings.all).text(ink: ink)
            parts.append(ink.bold("what would save") + "\n" + table + unpriced(savings))
        }
        return parts.joined(separator: "\n")
    }

    private func table(_ lines: [CostLine], total: CostByMode) -> Table {
        var table = Table(["LINE", "PRICE", "24/7", "SCHEDULE", "TORN DOWN"])
        for line in lines { table.add([line.what, line.price.usd.exactText] + cells(line.amounts)) }
        table.add(["total", ""] + cells(total))
        return table
    }

    private var totals: Table {
        var table = Table(["REGION", "24/7", "SCHEDULE", "TORN DOWN"])
        for region in bill.regions { table.add([region.region] + cells(region.total)) }
        if !bill.shared.isEmpty { table.add(["once for the fleet"] + cells(bill.sharedTotal)) }
        table.add(["total"] + cells(bill.total))
        return table
    }

    private func cells(_ amounts: CostByMode) -> [String] { CostMode.allCases.map { amounts[$0].text } }

    private var notes: String {
        let way =
            switch bill.mode {
            case .always: "runs around the clock"
            case .weekendKeepingBalancer: "follows the schedule and keeps the load balancer"
            case .weekendDestroyingBalancer: "follows the schedule and tears the load balancer down"
            }
        return """
            As the fleet file has it, the fleet \(way): \(bill.total[bill.mode].text) a month.
            SCHEDULE is \(fleet.schedule.hoursInWords), \(fleet.schedule.hoursPerWeek) hours a week. TORN DOWN also \
            removes the load balancer outside of them.
            Assumed for each region: \(usage.logs.text) GB of logs, \(usage.capacityUnits.text) capacity units, \
            \(usage.transferOut.text) GB to clients. Without tax and free tiers.

            """
    }

    private func comparison(_ savings: [Saving]) -> Table {
        var table = Table(["CHOICE", "A MONTH", "SAVES", "IN THE FLEET FILE"])
        for saving in savings {
            table.add([saving.choice, saving.monthly.text, saving.saved.text, saving.setting])
        }
        return table
    }

    private func unpriced(_ savings: Savings) -> String {
        savings.unpriced.map { one in
            let region = if case .region(let name, _) = one.problem.place { "\(name): " } else { "" }
            let hint = one.problem.hint.map { "  Hint: \($0)\n" } ?? ""
            return "Not counted: \(one.choice). \(region)\(one.problem.summary)\n\(hint)"
        }.joined()
    }

    private var priceDates: [String] {
        Set((bill.regions.flatMap(\.lines) + bill.shared).map(\.price.date)).sorted()
    }
}
