import FleetModel

extension AWSClient {
    /// Seconds since 1970.
    package var now: Int { surroundings.now() }

    package func pause(_ duration: Duration) async throws(Problem) {
        do {
            try Task.checkCancellation()
            try await surroundings.pause(duration)
        } catch {
            throw Problem(.unavailable, at: .region(region), "the wait for AWS was interrupted")
        }
    }
}
