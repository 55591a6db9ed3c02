import FleetModel
import HTTPTransport

/// How the replicas of a local fleet run as containers: what AWS would give a task, on this machine.
package struct ContainerPlan: Equatable, Sendable {
    /// Where the image comes from.
    package enum Image: Equatable, Sendable {
        /// One that the engine has, or can pull.
        case named(String)
        /// One that is built from the Dockerfile of a folder.
        case built(folder: String, name: String)

        package var name: String {
            switch self {
            case .named(let name), .built(_, let name): name
            }
        }
    }

    /// What a task of the fleet file may use.
    package struct Limits: Equatable, Sendable {
        /// 1024 is one processor.
        package var cpu: Int
        /// MiB; there is no swap, as there is none on Fargate.
        package var memory: Int
        package var hasReadOnlyRoot: Bool

        package init(cpu: Int, memory: Int, hasReadOnlyRoot: Bool = false) {
            self.cpu = cpu
            self.memory = memory
            self.hasReadOnlyRoot = hasReadOnlyRoot
        }
    }

    /// Names the containers and their network; no other fleet of this machine has it.
    package let run: String
    package let image: Image
    package let limits: Limits
    /// The port that each gateway listens on, in its own container.
    package let port: Int
    /// What the gateway starts in the container; without words the image's own command runs.
    package let command: [String]
    /// Variables of the containers that are no secrets.
    package let variables: [String: String]
    /// The names of those that are: their values come by way of the engine's own environment.
    package let secrets: [String]
    /// Whose containers they are; nil until somebody runs the plan.
    var owner: ContainerOwner?

    package init(
        run: String,
        image: Image,
        limits: Limits,
        port: Int,
        command: [String],
        variables: [String: String],
        secrets: [String]
    ) {
        self.run = run
        self.image = image
        self.limits = limits
        self.port = port
        self.command = command
        self.variables = variables
        self.secrets = secrets
    }

    package func container(of replica: LocalFleetPlan.Replica) -> String { "\(run)-\(replica.name)" }

    /// The engine's words that run a replica in the foreground, so that it ends when they do.
    ///
    /// Its standard input stays open for as long as this program lives, which is the gateway's lifeline, as it is of
    /// gateways that are processes.
    func words(for replica: LocalFleetPlan.Replica, in plan: LocalFleetPlan) -> [String] {
        var words = ["run", "--rm", "--interactive", "--name", container(of: replica)]
        words += ["--network", run, "--network-alias", replica.name]
        words += ["--publish", "\(replica.address.host):\(replica.address.port):\(port)"]
        words += owner.map { ["--label", $0.label] } ?? []
        // A share of the processors, which, unlike --cpus, may be more than this machine has.
        words += ["--cpu-period", "100000", "--cpu-quota", String(limits.cpu * 100_000 / 1024)]
        words += ["--memory", "\(limits.memory)m", "--memory-swap", "\(limits.memory)m", "--stop-timeout", "120"]
        words += limits.hasReadOnlyRoot ? ["--read-only"] : []
        let all = variables.merging(gatewayVariables(of: replica, in: plan)) { $1 }
        words += all.sorted { $0.key < $1.key }.flatMap { ["--env", "\($0.key)=\($0.value)"] }
        words += secrets.sorted().filter { all[$0] == nil }.flatMap { ["--env", $0] }
        return words + [image.name]
            + (command.isEmpty ? [] : ["slipway-gateway", "--exit-with-parent", "--"] + command)
    }

    /// What each gateway is told of the fleet: on AWS, Terraform does.
    private func gatewayVariables(of replica: LocalFleetPlan.Replica, in plan: LocalFleetPlan) -> [String: String] {
        var variables = [
            "SLIPWAY_HOST": "0.0.0.0",
            "SLIPWAY_PORT": String(port),
            "SLIPWAY_ADVERTISE": "\(replica.name):\(port)",
            "SLIPWAY_PEERS": plan.replicas.map { "\($0.name):\(port)" }.joined(separator: ","),
            "SLIPWAY_DRAIN": String(plan.drainSeconds),
            "SLIPWAY_LOG_FORMAT": "text",
        ]
        variables["SLIPWAY_UPSTREAM"] = replica.upstream
        return variables
    }
}
