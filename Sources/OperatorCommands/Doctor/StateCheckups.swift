import AWSOperations
import FleetModel
import TerraformDriver

/// Whether the bucket of the states is there, and who holds their locks.
struct StateCheckups {
    let fleet: Fleet
    let credentials: Credentials
    let surroundings: AWSSurroundings

    /// No apply of one region takes so long, in seconds.
    private static let longest = 3600

    func all(for regions: [Region]) async -> [Checkup] {
        guard case .bucket(let bucket, let home) = fleet.state else { return [] }
        let client = AWSClient(region: home, credentials: credentials, surroundings)
        let place = "the bucket \(bucket)"
        do throws(Problem) {
            // Terraform's own first question (s3:ListBucket).
            _ = try await client.get(
                .objectStore, "ListBucket", path: [bucket], query: [("list-type", "2"), ("max-keys", "1")])
        } catch  where error.kind == .notFound {
            return [
                Checkup(
                    place, .problem, "it is not there, and the fleet file keeps the states in it",
                    fix: "make it: slipway state bootstrap \(bucket)")
            ]
        } catch {
            return [Checkup(place, notLookedAt: "it", error)]
        }
        var checks: [Checkup] = []
        for region in regions {
            do throws(Problem) {
                let key = TerraformWorkspace.stateKey(fleet, region.name)
                let lock = try await StateLock.held(client, bucket: bucket, key: key)
                checks += lock.map { [Self.judged($0, place, region.name, now: surroundings.now())] } ?? []
            } catch {
                checks.append(Checkup(place, notLookedAt: "the lock of \(region.name)", error))
            }
        }
        return checks.isEmpty ? [Checkup(place, .ok, "it keeps the states, and nobody holds a lock")] : checks
    }

    /// - Parameter now: seconds since 1970.
    static func judged(_ lock: StateLock, _ place: String, _ region: String, now: Int) -> Checkup {
        let words = "\(lock.who) holds the lock of \(region) since \(lock.since)"
        guard let since = lock.secondsSince1970, now - since > longest else {
            return Checkup(place, .note, "\(words): an apply waits for whoever that is")
        }
        return Checkup(
            place, .warning, "\(words), longer than an apply takes",
            fix: "see that nobody is at work any more; then: slipway state unlock \(lock.id) --region \(region)")
    }
}
