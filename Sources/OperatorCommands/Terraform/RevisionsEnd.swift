import AWSOperations
import FleetModel

/// What `slipway deploy` has registered besides Terraform goes with its region.
struct RevisionsEnd: Sendable {
    private let fleet: Fleet
    private let effects: Effects
    private let report: @Sendable (RegionNews) -> Void

    init(_ fleet: Fleet, _ effects: Effects, _ report: @escaping @Sendable (RegionNews) -> Void) {
        self.fleet = fleet
        self.effects = effects
        self.report = report
    }

    /// Retires the revisions of a region's task that are left. The region itself is gone: what stays is told, and costs
    /// nothing.
    func retire(in name: String) async {
        guard let region = fleet.region(named: name) else { return }
        do {
            let surroundings = effects.aws()
            let credentials = try await AWSClient.credentials(surroundings)
            let shelf = TaskDefinitionShelf(AWSClient(region: name, credentials: credentials, surroundings))
            let count = try await shelf.retireAll(of: ResourceNames(fleet, region).task)
            guard count > 0 else { return }
            let noun = count == 1 ? "revision" : "revisions"
            report(RegionNews(region: name, what: .note("retired \(count) \(noun) that slipway deploy had made")))
        } catch {
            report(RegionNews(region: name, what: .note("revisions of its task may be left: \(error.summary)")))
        }
    }
}
