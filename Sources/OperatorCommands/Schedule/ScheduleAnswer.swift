import AWSOperations
import FleetModel
import TerminalView

/// The schedule, and how the regions stand to it.
struct ScheduleAnswer: RegionsAnswer {
    struct Row: Encodable, Sendable {
        let region: String
        let isPaused: Bool
        let least: Int
        let most: Int
        /// nil where Terraform owns the balancer, or nobody does.
        let edge: EdgeState?
    }

    let schedule: Schedule
    /// What is due now; nil without a schedule, or where this machine does not know its time zone.
    let phase: SchedulePhase?
    let changes: [ScheduleMoment]
    let regions: [Row]
    let problems: [Problem]

    func text(ink: Ink) -> String {
        guard schedule.isWeekendOnly else { return "The fleet has no schedule: it runs always.\n" }
        return heading + timetable(ink) + table(ink)
    }

    private var heading: String {
        let due = phase.map { " Now it is to be \($0.rawValue)." } ?? ""
        return "\(schedule.hoursInWords).\(due)\n"
    }

    private func timetable(_ ink: Ink) -> String {
        guard phase != nil else { return "This machine does not know the time zone \(schedule.timezone).\n" }
        guard !changes.isEmpty else { return "It never changes.\n" }
        let isUTC = schedule.timezone == "UTC"
        var table = Table(["NEXT", schedule.timezone] + (isUTC ? [] : ["UTC"]))
        for change in changes { table.add([change.phase.rawValue, change.local, change.utc]) }
        return table.text(ink: ink)
    }

    private func table(_ ink: Ink) -> String {
        guard !regions.isEmpty else { return "" }
        let hasEdge = regions.contains { $0.edge != nil }
        var table = Table(["REGION", "SCHEDULE", "RANGE"] + (hasEdge ? ["EDGE", "STACK"] : []))
        for row in regions {
            table.add([
                row.region, row.isPaused ? "paused" : "on", (row.least...row.most).inWords, row.edge?.phase ?? "",
                row.edge?.stack ?? "",
            ])
        }
        return table.text(ink: ink)
    }
}
