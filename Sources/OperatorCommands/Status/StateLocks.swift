import AWSOperations
import FleetModel
import TerraformDriver

/// The locks of a fleet's states, where they are kept in a bucket.
struct StateLocks: Sendable {
    private let fleet: Fleet
    private let bucket: String
    /// nil where the states are files: their locks are this machine's own.
    private let client: AWSClient?

    init(_ fleet: Fleet, _ credentials: Credentials, _ surroundings: AWSSurroundings) {
        self.fleet = fleet
        guard case .bucket(let bucket, let region) = fleet.state else {
            (self.bucket, client) = ("", nil)
            return
        }
        self.bucket = bucket
        client = AWSClient(region: region, credentials: credentials, surroundings)
    }

    /// nil where nobody holds it, or where the bucket does not answer: a status is no place to fail for that.
    func lock(of region: String) async -> StateLock? {
        guard let client else { return nil }
        do {
            return try await StateLock.held(
                client, bucket: bucket, key: TerraformWorkspace.stateKey(fleet, region))
        } catch {
            return nil
        }
    }
}
