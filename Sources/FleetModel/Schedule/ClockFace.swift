import Foundation

/// What a clock and a calendar on the wall show.
struct ClockFace: Equatable, Sendable {
    let day: Weekday
    let hour: Int
    let minute: Int
    /// `Sat 2026-11-28 06:00`
    let text: String

    /// `offset` is how far the clock is ahead of UTC, in seconds.
    init(secondsSince1970 seconds: Int, offset: Int) {
        let shown = seconds + offset
        let days = Int((Double(shown) / 86400).rounded(.down))
        // 1 January 1970 was a Thursday.
        day = Weekday.allCases[((days + 3) % 7 + 7) % 7]
        let second = shown - days * 86400
        hour = second / 3600
        minute = second / 60 % 60
        let date = Date(timeIntervalSince1970: Double(shown))
        let time = [hour, minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        text = "\(day.rawValue.capitalized) \(date.formatted(.iso8601.year().month().day())) \(time)"
    }
}
