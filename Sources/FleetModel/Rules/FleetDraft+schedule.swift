extension FleetDraft {
    var resolvedSchedule: Schedule? {
        guard let isWeekendOnly = schedule.boolean(.enableWeekendOnly)?.value,
            let destroys = schedule.boolean(.destroyALBsWhenScaledDown)?.value,
            let start = schedule.integer(.weekendHoursStart)?.value,
            let end = schedule.integer(.weekendHoursEnd)?.value, let timezone = schedule.text(.timezone)?.value
        else { return nil }
        return Schedule(
            isWeekendOnly: isWeekendOnly,
            destroysLoadBalancers: destroys,
            startHour: start,
            endHour: end,
            timezone: timezone,
            days: days
        )
    }

    var scheduleFindings: [Finding] { hourFindings + dayFindings + timezoneFindings + teardownFindings }

    /// Those that are written, else the weekend, in the week's order.
    private var days: [Weekday] {
        guard let words = schedule.words(.weekendDays)?.value else { return [.saturday, .sunday] }
        return Weekday.allCases.filter { day in words.contains { $0.text == day.rawValue } }
    }

    private var dayFindings: [Finding] {
        guard let days = schedule.words(.weekendDays) else { return [] }
        return days.value.enumerated().compactMap { index, word in
            let written = Written(value: word.text, path: days.path, position: word.position)
            guard Weekday(rawValue: word.text) != nil else {
                let meant = Weekday(rawValue: String(word.text.uppercased().prefix(3)))
                return Finding(
                    written, "has \(word.text), not a day",
                    hint: "write \(meant?.rawValue ?? "days such as SAT and SUN")"
                )
            }
            guard days.value[..<index].contains(where: { $0.text == word.text }) else { return nil }
            return Finding(written, "has \(word.text) twice", hint: "name each day once")
        }
    }

    private var hourFindings: [Finding] {
        guard let start = schedule.integer(.weekendHoursStart), let end = schedule.integer(.weekendHoursEnd),
            start.value >= end.value
        else { return [] }
        let blamed = end.position == schedule.position ? start : end
        return [
            Finding(
                .conflict, blamed, "leaves no hours: the day would start at \(start.value) and end at \(end.value)",
                hint: "write a start before the end, such as 6 and 22; 24 ends a day at midnight"
            )
        ]
    }

    /// By shape only (IANA, "Theory and pragmatics of the tz code and data"): which cities exist changes too often.
    private var timezoneFindings: [Finding] {
        guard let timezone = schedule.text(.timezone), timezone.value != "UTC" else { return [] }
        let parts = timezone.value.split(separator: "/", omittingEmptySubsequences: false)
        let areShaped = parts.allSatisfy { part in
            part.first?.isASCIILetter == true
                && part.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "_+-".contains($0) }
        }
        let area = parts.first.map(String.init) ?? ""
        if (2...3).contains(parts.count), areShaped, Self.areas.contains(area) { return [] }
        let nearest = parts.count > 1 ? Spelling.nearest(to: area, among: Self.areas) : nil
        let meant = nearest.map { ([$0] + parts.dropFirst().map(String.init)).joined(separator: "/") }
        return [
            Finding(
                timezone, "is not a time zone: \(timezone.value)",
                hint: meant.map { "did you mean \($0)?" } ?? "write an area and a city, such as Europe/Berlin, or UTC"
            )
        ]
    }

    private static let areas = [
        "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
        "Etc",
    ]

    private var teardownFindings: [Finding] {
        guard let destroys = schedule.boolean(.destroyALBsWhenScaledDown), destroys.value else { return [] }
        var findings: [Finding] = []
        if schedule.boolean(.enableWeekendOnly)?.value == false {
            findings.append(
                Finding(
                    .conflict, destroys, "does nothing, as the fleet never scales down",
                    hint: "write enable_weekend_only: true under schedule too, or remove this line"
                )
            )
        }
        if domain.boolean(.enableDomain)?.value == false {
            findings.append(
                Finding(
                    .conflict, destroys, "needs a domain",
                    detail: "A load balancer that is made again has another DNS name, so clients would lose their way "
                        + "every week.",
                    hint: "enable a domain under domain, or write false here"
                )
            )
        }
        return findings
    }
}
