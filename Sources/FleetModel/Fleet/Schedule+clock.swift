import Foundation

extension Schedule {
    /// Whether a moment, in seconds since 1970, lies within the hours; nil where this machine does not know the time
    /// zone.
    package func isOpen(at seconds: Int) -> Bool? {
        guard isWeekendOnly else { return true }
        guard let zone = TimeZone(identifier: timezone) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let moment = calendar.dateComponents(
            [.weekday, .hour], from: Date(timeIntervalSince1970: TimeInterval(seconds)))
        guard let weekday = moment.weekday, let hour = moment.hour else { return nil }
        // Foundation counts from Sunday, which is 1.
        let day = [.sunday] + Weekday.allCases.filter { $0 != .sunday }
        return days.contains(day[weekday - 1]) && hour >= startHour && hour < endHour
    }
}
