/// The released revisions of the Model Context Protocol that a client may name.
package enum ProtocolRevision: String, CaseIterable, Sendable {
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    case july2026 = "2026-07-28"

    /// Modern revisions have no sessions and no `initialize` (MCP 2026-07-28, Versioning).
    package var isModern: Bool { self == .july2026 }

    /// JSON-RPC batches were part of this revision alone.
    package var allowsBatches: Bool { self == .march2025 }

    /// Whether clients of this revision read events without data. Older ones take them for broken messages.
    package var readsPriming: Bool { self == .november2025 }

    package static let legacy: [ProtocolRevision] = allCases.filter { !$0.isModern }
}
