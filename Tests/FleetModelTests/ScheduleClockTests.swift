import Foundation
import Testing

@testable import FleetModel

@Suite struct ScheduleClockTests {
    private func clock(
        _ timezone: String,
        _ days: [Weekday] = [.saturday, .sunday],
        from start: Int = 6,
        to end: Int = 22
    ) throws -> ScheduleClock {
        try #require(
            ScheduleClock(
                Schedule(
                    isWeekendOnly: true, destroysLoadBalancers: false, startHour: start, endHour: end,
                    timezone: timezone, days: days)))
    }

    private func seconds(_ utc: String) throws -> Int {
        Int(try Date(utc, strategy: .iso8601).timeIntervalSince1970)
    }

    private func changes(_ clock: ScheduleClock, after utc: String, count: Int = 2) throws -> [String] {
        clock.changes(after: try seconds(utc), count: count).map { "\($0.phase.rawValue) \($0.local) | \($0.utc)" }
    }

    @Test func `the next hours are told by the zone's clock and by UTC`() throws {
        let berlin = try clock("Europe/Berlin")
        #expect(
            try changes(berlin, after: "2026-11-23T08:00:00Z", count: 4) == [
                "up Sat 2026-11-28 06:00 | Sat 2026-11-28 05:00", "down Sat 2026-11-28 22:00 | Sat 2026-11-28 21:00",
                "up Sun 2026-11-29 06:00 | Sun 2026-11-29 05:00", "down Sun 2026-11-29 22:00 | Sun 2026-11-29 21:00",
            ])
        #expect(berlin.phase(at: try seconds("2026-11-28T04:59:59Z")) == .down)
        #expect(berlin.phase(at: try seconds("2026-11-28T05:00:00Z")) == .up)
        #expect(berlin.phase(at: try seconds("2026-11-28T21:00:00Z")) == .down)
    }

    @Test func `clocks that go back on a day of the schedule make it an hour longer in UTC`() throws {
        // Europe/Berlin, 25 October 2026: 3:00 summer time is 2:00.
        #expect(
            try changes(clock("Europe/Berlin", from: 1, to: 6), after: "2026-10-24T12:00:00Z") == [
                "up Sun 2026-10-25 01:00 | Sat 2026-10-24 23:00", "down Sun 2026-10-25 06:00 | Sun 2026-10-25 05:00",
            ])
    }

    @Test func `an hour that comes twice changes nothing twice`() throws {
        #expect(
            try changes(clock("Europe/Berlin", from: 2, to: 3), after: "2026-10-24T12:00:00Z", count: 3) == [
                "up Sun 2026-10-25 02:00 | Sun 2026-10-25 00:00", "down Sun 2026-10-25 03:00 | Sun 2026-10-25 02:00",
                "up Sat 2026-10-31 02:00 | Sat 2026-10-31 01:00",
            ])
    }

    @Test func `an hour that summer time skips begins the day at the next one`() throws {
        // Europe/Berlin, 29 March 2026: 2:00 is 3:00 summer time.
        #expect(
            try changes(clock("Europe/Berlin", from: 2, to: 5), after: "2026-03-28T12:00:00Z") == [
                "up Sun 2026-03-29 03:00 | Sun 2026-03-29 01:00", "down Sun 2026-03-29 05:00 | Sun 2026-03-29 03:00",
            ])
        // A day that consists of the skipped hour has none.
        #expect(
            try changes(clock("Europe/Berlin", [.sunday], from: 2, to: 3), after: "2026-03-28T12:00:00Z", count: 1) == [
                "up Sun 2026-04-05 02:00 | Sun 2026-04-05 00:00"
            ])
    }

    @Test func `midnight joins two days`() throws {
        #expect(
            try changes(clock("UTC", from: 20, to: 24), after: "2026-11-23T08:00:00Z") == [
                "up Sat 2026-11-28 20:00 | Sat 2026-11-28 20:00", "down Sun 2026-11-29 00:00 | Sun 2026-11-29 00:00",
            ])
        #expect(
            try changes(clock("UTC", from: 0, to: 24), after: "2026-11-23T08:00:00Z") == [
                "up Sat 2026-11-28 00:00 | Sat 2026-11-28 00:00", "down Mon 2026-11-30 00:00 | Mon 2026-11-30 00:00",
            ])
    }

    @Test func `the week may begin a day earlier elsewhere`() throws {
        #expect(
            try changes(clock("Pacific/Auckland"), after: "2026-11-23T08:00:00Z", count: 1) == [
                "up Sat 2026-11-28 06:00 | Fri 2026-11-27 17:00"
            ])
    }

    @Test func `a schedule of all hours never changes its mind`() throws {
        #expect(try changes(clock("UTC", Weekday.allCases, from: 0, to: 24), after: "2026-11-23T08:00:00Z") == [])
    }

    @Test(arguments: [
        ("UTC", "2026-11-28T21:10:00Z", "down", "Sat 2026-11-28 22:00 | Sat 2026-11-28 22:00"),
        ("UTC", "2026-11-28T20:00:00Z", "up", "Sat 2026-11-28 21:00 | Sat 2026-11-28 21:00"),
        ("Asia/Kolkata", "2026-11-23T08:00:00Z", "down", "Mon 2026-11-23 14:00 | Mon 2026-11-23 08:30"),
        ("Asia/Kathmandu", "2026-11-28T08:00:00Z", "up", "Sat 2026-11-28 14:00 | Sat 2026-11-28 08:15"),
    ])
    func `its next word comes at the full hour of its own clock`(
        _ zone: String,
        _ now: String,
        _ phase: String,
        _ when: String
    ) throws {
        let next = try clock(zone).nextWord(after: seconds(now))
        #expect("\(next.local) | \(next.utc)" == when && next.phase.rawValue == phase)
    }

    @Test func `a zone that nobody knows has no clock`() {
        let schedule = Schedule(
            isWeekendOnly: true, destroysLoadBalancers: false, startHour: 6, endHour: 22, timezone: "Europe/Atlantis")
        #expect(ScheduleClock(schedule) == nil)
    }
}
