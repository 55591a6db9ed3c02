extension Fleet {
    /// Whether the schedule, not Terraform, owns a region's balancer (`edge_is_scheduled` in load_balancer.tf).
    package func edgeIsScheduled(in region: Region) -> Bool {
        region.loadBalancer.isCreated && schedule.isWeekendOnly && schedule.destroysLoadBalancers
    }
}

extension TaskShape {
    /// The range of the number of tasks within the hours.
    package var range: ClosedRange<Int> { desiredCount...max(desiredCount, maxCount) }

    /// What the schedule sets the range to.
    package func range(when phase: SchedulePhase) -> ClosedRange<Int> { phase == .up ? range : 0...0 }
}

extension ClosedRange<Int> {
    /// `2`, or `2 to 4`.
    package var inWords: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound) to \(upperBound)" }
}
