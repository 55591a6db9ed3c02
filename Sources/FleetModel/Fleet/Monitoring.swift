/// How a region is watched, and how long it remembers.
package struct Monitoring: Equatable, Sendable, Encodable {
    package let hasAlarms: Bool
    /// Who is written to; nil for nobody.
    package let alarmEmail: String?
    package let hasDashboard: Bool
    package let hasContainerInsights: Bool
    package let logRetentionDays: Int

    package init(
        hasAlarms: Bool = false,
        alarmEmail: String? = nil,
        hasDashboard: Bool = false,
        hasContainerInsights: Bool = false,
        logRetentionDays: Int = 7
    ) {
        self.hasAlarms = hasAlarms
        self.alarmEmail = alarmEmail
        self.hasDashboard = hasDashboard
        self.hasContainerInsights = hasContainerInsights
        self.logRetentionDays = logRetentionDays
    }
}
