import AWSOperations
import FleetModel

/// Closes a scheduled edge before its region goes: clients stop being sent there while tasks still answer.
struct EdgeClosing: Sendable {
    private let fleet: Fleet
    private let effects: Effects
    private let interruption: Interruption
    private let report: @Sendable (RegionNews) -> Void

    init(
        _ fleet: Fleet,
        _ effects: Effects,
        _ interruption: Interruption,
        _ report: @escaping @Sendable (RegionNews) -> Void
    ) {
        self.fleet = fleet
        self.effects = effects
        self.interruption = interruption
        self.report = report
    }

    /// Does nothing where there is no such edge, or it is closed. One that can't be closed is told and goes with the
    /// rest: Terraform removes the stack in whatever phase it is.
    func close(_ name: String) async throws(Problem) {
        guard let region = fleet.region(named: name), fleet.edgeIsScheduled(in: region) else { return }
        let surroundings = effects.aws()
        let credentials = try await AWSClient.credentials(surroundings)
        let machine = EdgeMachine(
            AWSClient(region: name, credentials: credentials, surroundings), fleet, region)
        do throws(Problem) {
            guard try await machine.state().phase != "closed" else { return }
            report(RegionNews(region: name, what: .phase("closing its edge")))
            let report = report
            _ = try await interruption.leaving { () throws(Problem) in
                try await machine.follow(machine.start(.down), .down, within: EdgeMachine.patience) { state in
                    let words = "the edge is \(state.phase), its stack in \(state.stack)"
                    report(RegionNews(region: name, what: .note(words)))
                }
            }
        } catch {
            guard error.kind != .notFound else { return }
            report(RegionNews(region: name, what: .note("the edge was not closed first: \(error.summary)")))
        }
    }
}
