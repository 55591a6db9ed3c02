/// The three ways a region may run, by the names of Terraform's output `weekend_mode_cost_analysis`.
package enum CostMode: String, Sendable, CaseIterable {
    /// Every hour of the month.
    case always
    /// Tasks within the hours of the schedule, the load balancer always.
    case weekendKeepingBalancer = "weekend_keeping_alb"
    /// Tasks and load balancer within the hours of the schedule.
    case weekendDestroyingBalancer = "weekend_destroying_alb"

    /// The one the fleet file asks for.
    package init(_ schedule: Schedule) {
        self =
            if !schedule.isWeekendOnly {
                .always
            } else {
                schedule.destroysLoadBalancers ? .weekendDestroyingBalancer : .weekendKeepingBalancer
            }
    }
}

/// An amount for each of the three.
package struct CostByMode: Equatable, Sendable {
    private let amounts: [CostMode: Money]

    package static let zero = CostByMode { _ in .zero }

    package init(_ amount: (CostMode) throws -> Money) rethrows {
        amounts = Dictionary(uniqueKeysWithValues: try CostMode.allCases.map { ($0, try amount($0)) })
    }

    package subscript(mode: CostMode) -> Money { amounts[mode] ?? .zero }

    package static func + (first: CostByMode, second: CostByMode) -> CostByMode {
        CostByMode { first[$0] + second[$0] }
    }
}
