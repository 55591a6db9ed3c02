/// When the fleet runs.
package struct Schedule: Equatable, Sendable, Encodable {
    package let isWeekendOnly: Bool
    package let destroysLoadBalancers: Bool
    /// The first hour of a weekend day, 0 to 23, in `timezone`.
    package let startHour: Int
    /// The hour a weekend day ends at, 1 to 24, in `timezone`; 24 is midnight.
    package let endHour: Int
    package let timezone: String

    package init(
        isWeekendOnly: Bool,
        destroysLoadBalancers: Bool,
        startHour: Int,
        endHour: Int,
        timezone: String
    ) {
        self.isWeekendOnly = isWeekendOnly
        self.destroysLoadBalancers = destroysLoadBalancers
        self.startHour = startHour
        self.endHour = endHour
        self.timezone = timezone
    }
}
