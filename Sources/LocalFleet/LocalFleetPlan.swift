import FleetModel
import HTTPTransport

/// A fleet as processes or containers on this machine: which replicas run, and behind which port.
package struct LocalFleetPlan: Equatable, Sendable {
    /// One replica: a `slipway-gateway` process with an address of its own.
    package struct Replica: Equatable, Sendable {
        package let name: String
        package let address: HTTPTarget
        /// Where its MCP server is called, where that speaks HTTP itself.
        package var upstream: String?
        /// The words of the server's command line; none where the server is there already.
        package var command: [String] = []
    }

    /// What clients will call the server.
    package let name: String
    /// The balancer's port; 0 takes a free one.
    package let port: Int
    package let replicas: [Replica]
    /// Path of the program that is a replica: the gateway, or the engine that runs it in a container.
    package let gateway: String
    /// What that program sees as its environment, the fleet's key among it.
    package let environment: [String: Secret]
    /// Seconds that calls in flight may take when the fleet stops.
    package let drainSeconds: Int
    /// How the replicas are containers, where they are.
    package var containers: ContainerPlan?

    /// - Parameter upstream: where the server is called, where it speaks HTTP itself.
    package init(
        name: String,
        port: Int,
        replicaPorts: [Int],
        gateway: String,
        command: [String],
        upstream: LocalUpstream? = nil,
        environment: [String: Secret],
        drainSeconds: Int = 10
    ) {
        self.name = name
        self.port = port
        self.gateway = gateway
        self.environment = environment
        self.drainSeconds = drainSeconds
        replicas = replicaPorts.enumerated().map { index, port in
            Replica(
                name: "replica-\(index + 1)",
                address: HTTPTarget(host: "127.0.0.1", port: port),
                upstream: upstream?.url(ofReplica: index),
                command: upstream?.command(command, ofReplica: index) ?? command
            )
        }
    }

    /// The command line that starts a replica. No secret stands in it: they travel in the environment.
    package func arguments(of replica: Replica) -> [String] {
        if let containers { return containers.words(for: replica, in: self) }
        let options = [
            "--host", replica.address.host,
            "--port", String(replica.address.port),
            "--peers", replicas.map(\.address.description).joined(separator: ","),
            "--drain", String(drainSeconds),
            "--log-format", "text",
            "--exit-with-parent",
        ]
        let upstream = replica.upstream.map { ["--upstream", $0] } ?? []
        return options + upstream + (replica.command.isEmpty ? [] : ["--"] + replica.command)
    }
}
