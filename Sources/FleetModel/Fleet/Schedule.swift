/// When the fleet runs.
package struct Schedule: Equatable, Sendable, Encodable {
    package let isWeekendOnly: Bool
    package let destroysLoadBalancers: Bool
    /// The first hour of a day of the schedule, 0 to 23, in `timezone`.
    package let startHour: Int
    /// The hour a day of the schedule ends at, 1 to 24, in `timezone`; 24 is midnight.
    package let endHour: Int
    package let timezone: String
    /// In the week's order.
    package let days: [Weekday]

    package init(
        isWeekendOnly: Bool,
        destroysLoadBalancers: Bool,
        startHour: Int,
        endHour: Int,
        timezone: String,
        days: [Weekday] = [.saturday, .sunday]
    ) {
        self.isWeekendOnly = isWeekendOnly
        self.destroysLoadBalancers = destroysLoadBalancers
        self.startHour = startHour
        self.endHour = endHour
        self.timezone = timezone
        self.days = days
    }

    /// How many hours of a week lie within the schedule, whether or not it is on.
    package var hoursPerWeek: Int { days.count * (endHour - startHour) }

    /// The hours in words: `Saturdays and Sundays, 6:00 to 22:00 UTC`.
    package var hoursInWords: String {
        let names = days.map(\.plural)
        let listed = names.dropLast().joined(separator: ", ") + (names.count > 1 ? " and " : "") + (names.last ?? "")
        return "\(listed), \(startHour):00 to \(endHour):00 \(timezone)"
    }
}
