/// What happens in a local fleet, for whoever shows it.
package enum LocalFleetEvent: Equatable, Sendable {
    /// A replica's process runs.
    case started(replica: String, process: Int32)
    /// A replica wrote a line to its log.
    case logged(replica: String, line: String)
    /// A replica's process ended; unless the fleet is stopping, another will take its place.
    case ended(replica: String, how: String, isReplaced: Bool)
    /// Every replica answers; clients may come to this port.
    case ready(port: Int)
}

/// Why a local fleet can't run.
package enum LocalFleetFailure: Error, Equatable, Sendable {
    /// The balancer's port can't be listened on.
    case portTaken(Int, String)
    /// A replica ends as soon as it starts, again and again.
    case replicaKeepsEnding(replica: String, how: String)
    /// The gateway program can't be started.
    case noGateway(String, String)
    /// The container engine did not do what the fleet needs: what was not done, and the engine's words.
    case engine(String, String)
}
