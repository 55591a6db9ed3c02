import AWSOperations
import FleetModel

/// The gateways' key for regions that are made: the one the fleet has, else a new one, the same for all.
struct FleetKeySupply: Sendable {
    private let key: Secret
    private let fleet: Fleet
    private let credentials: Credentials
    private let surroundings: AWSSurroundings

    /// Looks for the fleet's key in every region, as sessions move between regions.
    init(_ fleet: Fleet, _ effects: Effects) async throws {
        self.fleet = fleet
        surroundings = effects.aws()
        credentials = try await AWSClient.credentials(surroundings)
        let held = try await effects.inEach(of: fleet.regions) { client, region throws(Problem) -> Secret? in
            do throws(Problem) {
                let shelf = SecretShelf(client, fleet, region)
                guard case .text(let text) = try await shelf.value(of: shelf.find(.fleetKey)) else { return nil }
                return text
            } catch {
                guard error.kind == .notFound else { throw error }
                return nil
            }
        }
        let problems = held.compactMap(\.problem)
        guard problems.isEmpty else { throw Problems(problems) }
        key = held.lazy.compactMap { $0.value ?? nil }.first ?? effects.machine.randomKey()
    }

    /// Puts the key into a region that has none.
    func supply(_ name: String) async throws(Problem) {
        guard let region = fleet.region(named: name) else { return }
        let shelf = SecretShelf(AWSClient(region: name, credentials: credentials, surroundings), fleet, region)
        do throws(Problem) {
            let secret = try await shelf.find(.fleetKey)
            guard case .nothing = try await shelf.value(of: secret) else { return }
            try await shelf.put(key, into: secret, token: "slipway-apply-\(name)-\(surroundings.now())-first-key")
        } catch {
            var problem = error
            problem.summary = "the region is made, but the gateways have no key: \(error.summary)"
            problem.hint = error.hint ?? "slipway secret set --fleet-key --restart"
            throw problem
        }
    }
}
