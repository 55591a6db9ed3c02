/// A moment at which the schedule speaks, by its own clock and by UTC.
package struct ScheduleMoment: Equatable, Sendable, Encodable {
    package let phase: SchedulePhase
    package let secondsSince1970: Int
    /// `Sat 2026-11-28 06:00`, in the schedule's time zone.
    package let local: String
    /// The same in UTC.
    package let utc: String
}
