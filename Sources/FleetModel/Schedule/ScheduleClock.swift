import Foundation

/// When a schedule says up and when down, by the clocks of its time zone.
///
/// As `terraform/region/weekend-schedule.tf` has it: at every full hour by the zone's clocks the schedule says its
/// word, up within the hours of its days and down otherwise. An hour that summer time skips says nothing, and one that
/// comes twice says the same twice, so that which of the two is due depends on the clock's face alone.
package struct ScheduleClock: Sendable {
    private let schedule: Schedule
    private let zone: TimeZone

    /// nil where this machine knows no such time zone.
    package init?(_ schedule: Schedule) {
        guard let zone = TimeZone(identifier: schedule.timezone) else { return nil }
        self.schedule = schedule
        self.zone = zone
    }

    package func phase(at seconds: Int) -> SchedulePhase {
        let face = face(at: seconds)
        let isOpen =
            schedule.days.contains(face.day) && (schedule.startHour..<schedule.endHour).contains(face.hour)
        return isOpen ? .up : .down
    }

    /// The next full hour by the zone's clocks, at which the schedule says its word whatever stands.
    package func nextWord(after seconds: Int) -> ScheduleMoment {
        var next = Self.quarter(after: seconds)
        while face(at: next).minute != 0 { next += Self.step }
        return moment(next)
    }

    /// The next moments at which its word is another one than before; none for a schedule that never changes its mind.
    package func changes(after seconds: Int, count: Int) -> [ScheduleMoment] {
        var changes: [ScheduleMoment] = []
        var phase = phase(at: seconds)
        var next = Self.quarter(after: seconds)
        let end = seconds + 15 * 86400
        while next < end, changes.count < count {
            let new = self.phase(at: next)
            if new != phase { changes.append(moment(next)) }
            phase = new
            next += Self.step
        }
        return changes
    }

    /// Clocks differ from UTC by whole quarters of an hour everywhere (IANA time zone database, since 1972).
    private static let step = 900

    private static func quarter(after seconds: Int) -> Int { (seconds / step + 1) * step }

    private func moment(_ seconds: Int) -> ScheduleMoment {
        ScheduleMoment(
            phase: phase(at: seconds), secondsSince1970: seconds, local: face(at: seconds).text,
            utc: ClockFace(secondsSince1970: seconds, offset: 0).text
        )
    }

    private func face(at seconds: Int) -> ClockFace {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        return ClockFace(secondsSince1970: seconds, offset: offset)
    }
}
