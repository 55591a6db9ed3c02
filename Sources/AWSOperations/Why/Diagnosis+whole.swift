/// What explains a region by itself, so that nothing else is looked for.
extension Diagnosis {
    static let rowsOfTheWhole: [Row] = [absent, asleepByHours, asleepByPause, notWoken, scaledToNothing]

    private static let absent: Row = { facts in
        guard facts.status.state == .absent else { return nil }
        return Diagnosis(
            "Nothing runs here: there is no service", ["ECS knows no service of this fleet in \(facts.region)"],
            fix: "make it: slipway apply --region \(facts.region), or terraform apply in terraform/region"
        )
    }

    private static func isAsleep(_ facts: RegionFacts) -> Bool { facts.status.state == .asleep }

    private static let asleepByHours: Row = { facts in
        guard isAsleep(facts), let schedule = facts.schedule, schedule.isOpen != true,
            !facts.status.isSchedulePaused
        else { return nil }
        return Diagnosis(
            "It sleeps by its schedule", ["It runs on \(schedule.hours)"],
            fix: "wait for its hours, or change them under schedule in the fleet file", isFault: false
        )
    }

    private static let asleepByPause: Row = { facts in
        guard isAsleep(facts), facts.schedule != nil, facts.status.isSchedulePaused else { return nil }
        return Diagnosis(
            "The schedule is paused, so nothing wakes it", ["Scheduled scaling is suspended", range(facts)],
            fix: "let it go on: slipway schedule resume --region \(facts.region)"
        )
    }

    private static let notWoken: Row = { facts in
        guard isAsleep(facts), let schedule = facts.schedule else { return nil }
        return Diagnosis(
            "The schedule did not wake it", ["Its hours are on: \(schedule.hours)", range(facts)],
            fix: "open it as the schedule would: slipway schedule up --region \(facts.region)"
        )
    }

    private static let scaledToNothing: Row = { facts in
        guard isAsleep(facts) else { return nil }
        return Diagnosis(
            "No tasks are wanted: somebody scaled it to nothing", [range(facts)],
            fix: "set how many run: slipway scale 2 --region \(facts.region)"
        )
    }

    private static func range(_ facts: RegionFacts) -> String {
        let (least, most) = (facts.status.leastTasks, facts.status.mostTasks)
        let words = least.flatMap { least in most.map { ", and the range is \(least) to \($0)" } } ?? ""
        return "\(facts.status.desired) tasks are desired\(words)"
    }
}
