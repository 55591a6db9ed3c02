import FleetModel
import Foundation

/// Who writes a region's state now: the file that Terraform puts beside it (`use_lockfile`, Terraform 1.11).
package struct StateLock: Sendable, Equatable, Codable {
    package let who: String
    /// Such as `OperationTypeApply`.
    package let operation: String
    /// When it was taken, as `2026-10-01T12:00:00Z`.
    package let since: String
    package let id: String

    /// When it was taken, without its fraction of a second; nil where `since` is no time.
    package var secondsSince1970: Int? {
        let whole = since.prefix { $0 != "." && $0 != "Z" } + "Z"
        let date = try? Date.ISO8601FormatStyle().parse(String(whole))  // then it is of another form
        return date.map { Int($0.timeIntervalSince1970) }
    }

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
