import Logging
import ServiceLifecycle
import UnixSignals

/// Runs a fleet on this machine until SIGINT or SIGTERM.
package struct LocalFleetRunner: Sendable {
    private let plan: LocalFleetPlan
    private let report: @Sendable (LocalFleetEvent) -> Void

    /// `report` is called from several tasks.
    package init(_ plan: LocalFleetPlan, report: @escaping @Sendable (LocalFleetEvent) -> Void) {
        var plan = plan
        plan.containers?.owner = .current
        self.plan = plan
        self.report = report
    }

    /// Returns once everything is drained and every process and container is gone; throws a `LocalFleetFailure` where the fleet
    /// could not run.
    package func run() async throws {
        guard let containers = plan.containers else { return try await serve() }
        let ground = ContainerGround(
            containers: containers, engine: plan.gateway, environment: plan.environment, report: report
        )
        try await ground.prepare()
        do {
            try await serve()
        } catch {
            await ground.clear()
            throw error
        }
        await ground.clear()
    }

    private func serve() async throws {
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
