import NIOCore

/// How sessions and server processes go together.
package struct ChildrenConfiguration: Sendable, Equatable {
    package enum Sharing: String, Sendable, CaseIterable {
        /// Every session has a process of its own.
        case session
        /// All sessions of a replica share one process.
        case shared
    }

    package var sharing = Sharing.session
    /// Processes at a time that serve modern requests for a server of an older revision.
    package var warmLimit = 16
    /// How long a shared process stays after its last client left.
    package var sharedIdleTime: TimeAmount = .minutes(1)
}
