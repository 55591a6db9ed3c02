/// The range in which schedule, autoscaling and operator move the number of tasks (Application Auto Scaling API).
package struct ScalableTarget: Sendable, Equatable {
    package let range: ClosedRange<Int>
    package let suspended: Suspended

    /// What of the scaling is held off.
    package struct Suspended: Sendable, Equatable, Codable {
        var DynamicScalingInSuspended: Bool?
        var DynamicScalingOutSuspended: Bool?
        var ScheduledScalingSuspended: Bool?
    }

    package var isSchedulePaused: Bool { suspended.ScheduledScalingSuspended ?? false }
}
