import FleetModel

/// Who writes a region's state now: the file that Terraform puts beside it (`use_lockfile`, Terraform 1.11).
package struct StateLock: Sendable, Equatable, Codable {
    package let who: String
    /// Such as `OperationTypeApply`.
    package let operation: String
    /// When it was taken, as `2026-10-01T12:00:00Z`.
    package let since: String
    package let id: String

    private enum CodingKeys: String, CodingKey {
        case who = "Who"
        case operation = "Operation"
        case since = "Created"
        case id = "ID"
    }

    /// nil where nobody holds it, or where this caller may not look.
    ///
    /// - Parameters:
    ///   - client: of the bucket's region.
    ///   - key: the state's.
    package static func held(_ client: AWSClient, bucket: String, key: String) async throws(Problem) -> StateLock? {
        do {
            let path = [bucket] + "\(key).tflock".split(separator: "/").map(String.init)
            let bytes = try await client.get(.objectStore, "GetObject", path: path)
            return StateLock(json: bytes)
        } catch  where error.kind == .notFound || error.kind == .refused {
            return nil
        }
    }
}
