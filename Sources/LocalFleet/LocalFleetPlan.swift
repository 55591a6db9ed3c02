import FleetModel
import HTTPTransport

/// A fleet as processes on this machine: which replicas run, and behind which port.
package struct LocalFleetPlan: Equatable, Sendable {
    /// One replica: a `slipway-gateway` process with an address of its own.
    package struct Replica: Equatable, Sendable {
        package let name: String
        package let address: HTTPTarget
    }

    /// What clients will call the server.
    package let name: String
    /// The balancer's port; 0 takes a free one.
    package let port: Int
    package let replicas: [Replica]
    /// Path of the gateway program.
    package let gateway: String
    /// The words of the MCP server's command line.
    package let command: [String]
    /// What gateways and servers see as their environment, the fleet's key among it.
    package let environment: [String: Secret]
    /// Seconds that calls in flight may take when the fleet stops.
    package let drainSeconds: Int

    package init(
        name: String,
        port: Int,
        replicaPorts: [Int],
        gateway: String,
        command: [String],
        environment: [String: Secret],
        drainSeconds: Int = 10
    ) {
        self.name = name
        self.port = port
        self.gateway = gateway
        self.command = command
        self.environment = environment
        self.drainSeconds = drainSeconds
        replicas = replicaPorts.enumerated().map { index, port in
            Replica(name: "replica-\(index + 1)", address: HTTPTarget(host: "127.0.0.1", port: port))
        }
    }

    /// The command line that starts a replica. No secret stands in it: they travel in the environment.
    package func arguments(of replica: Replica) -> [String] {
        [
            "--host", replica.address.host,
            "--port", String(replica.address.port),
            "--peers", replicas.map(\.address.description).joined(separator: ","),
            "--drain", String(drainSeconds),
            "--log-format", "text",
            "--exit-with-parent",
            "--",
        ] + command
    }
}
