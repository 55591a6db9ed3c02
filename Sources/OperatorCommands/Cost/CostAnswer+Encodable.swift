import FleetModel
import Foundation

/// The same for programs: totals to the cent, lines exactly.
extension CostAnswer {
    private struct Document: Encodable {
        let currency = "USD"
        let mode: String
        let hoursPerWeek: Int
        let regions: [Region]
        let shared: Part
        let usdPerMonth: [String: Decimal]
        /// What the fleet file's own way of running costs.
        let usdPerMonthAsConfigured: Decimal
        let savings: [SavingRow]?
        /// Choices that could not be counted.
        let unpriced: [UnpricedRow]?
    }

    private struct Region: Encodable {
        let region: String
        let lines: [Line]
        let usdPerMonth: [String: Decimal]
    }

    private struct Part: Encodable {
        let lines: [Line]
        let usdPerMonth: [String: Decimal]
    }

    private struct Line: Encodable {
        let what: String
        let charge: String
        let price: Decimal
        let priceDate: String
        let priceSource: String
        let isAssumed: Bool
        let usdPerMonth: [String: Decimal]

        init(_ line: CostLine) {
            what = line.what
            charge = line.charge.rawValue
            price = CostAnswer.exact(line.price.usd)
            priceDate = line.price.date
            priceSource = line.price.source
            isAssumed = line.isAssumed
            usdPerMonth = CostAnswer.each { CostAnswer.exact(line.amounts[$0]) }
        }
    }

    private struct SavingRow: Encodable {
        let choice: String
        let setting: String
        let usdPerMonth: Decimal
        let saves: Decimal
    }

    private struct UnpricedRow: Encodable {
        let choice: String
        let problem: Problem
    }

    func encode(to encoder: any Encoder) throws {
        try Document(
            mode: bill.mode.rawValue,
            hoursPerWeek: fleet.schedule.hoursPerWeek,
            regions: bill.regions.map { region in
                Region(
                    region: region.region,
                    lines: region.lines.map(Line.init),
                    usdPerMonth: Self.each { Self.rounded(region.total[$0]) }
                )
            },
            shared: Part(
                lines: bill.shared.map(Line.init), usdPerMonth: Self.each { Self.rounded(bill.sharedTotal[$0]) }
            ),
            usdPerMonth: Self.each { Self.rounded(bill.total[$0]) },
            usdPerMonthAsConfigured: Self.rounded(bill.total[bill.mode]),
            savings: savings?.all.map {
                SavingRow(
                    choice: $0.choice, setting: $0.setting, usdPerMonth: Self.rounded($0.monthly),
                    saves: Self.rounded($0.saved)
                )
            },
            unpriced: savings?.unpriced.map { UnpricedRow(choice: $0.choice, problem: $0.problem) }
        ).encode(to: encoder)
    }

    private static func each(_ amount: (CostMode) -> Decimal) -> [String: Decimal] {
        Dictionary(uniqueKeysWithValues: CostMode.allCases.map { ($0.rawValue, amount($0)) })
    }

    private static func rounded(_ money: Money) -> Decimal { scaled(money.cents, places: 2) }
    private static func exact(_ money: Money) -> Decimal { scaled(money.billionths, places: 9) }

    /// A whole number with its point moved, without a binary fraction on the way.
    private static func scaled(_ number: Int, places: Int) -> Decimal {
        Decimal(sign: number < 0 ? .minus : .plus, exponent: -places, significand: Decimal(number.magnitude))
    }
}
