import Logging
import ServiceLifecycle
import UnixSignals

/// Runs a fleet on this machine until SIGINT or SIGTERM.
package struct LocalFleetRunner: Sendable {
    private let plan: LocalFleetPlan
    private let report: @Sendable (LocalFleetEvent) -> Void

    /// `report` is called from several tasks.
    package init(_ plan: LocalFleetPlan, report: @escaping @Sendable (LocalFleetEvent) -> Void) {
        self.plan = plan
        self.report = report
    }

    /// Returns once everything is drained and every process is gone; throws a `LocalFleetFailure` where the fleet
    /// could not run.
    package func run() async throws {
        let replicas = plan.replicas.map {
            ReplicaService(plan: plan, replica: $0, clock: ContinuousClock(), report: report)
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [BalancerService(plan: plan, report: report), ReplicaSetService(replicas: replicas)],
                gracefulShutdownSignals: [.sigint, .sigterm],
                logger: Logger(label: "lifecycle", factory: { _ in SwiftLogNoOpLogHandler() })
            )
        )
        try await group.run()
    }
}
