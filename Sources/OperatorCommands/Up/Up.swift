import ArgumentParser
import FleetModel
import LocalFleet
import TerminalView

/// `slipway up`: runs the fleet on this machine.
struct Up: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the fleet on this machine: replicas behind a balancer, no AWS account.",
        usage: """
            slipway up [options]
            slipway up [options] -- <command> ...
            """,
        discussion: """
            Starts a region's desired_count of replicas as processes, each with its own servers, and a balancer \
            that deals requests round robin without affinity. A replica that ends is replaced. Ctrl-C lets calls \
            in flight finish and leaves nothing running.

            The server is the one of the fleet file, or the command after --; with neither, a demo server. A server \
            that speaks HTTP itself is called at --url. Where it is also started (a command after --), each replica \
            starts its own at a port of its own: PORT tells it, and the address's port in the command is changed. The \
            server sees this shell's environment, then container_environment, then the secrets in slipway.env.

            With --containers each replica is a container, with the cpu and memory of the region: of server.image, \
            else of the Dockerfile beside the fleet file. It sees container_environment and the secrets, as on AWS, \
            and nothing of this shell.
            """
    )

    @Option(help: ArgumentHelp("The fleet file. (default: slipway.yaml, where there is one)", valueName: "path"))
    var file: String?

    @Option(help: ArgumentHelp("The region whose settings apply. (default: the first)", valueName: "region"))
    var region: String?

    @Option(help: ArgumentHelp("The balancer's port; 0 takes a free one.", valueName: "port"))
    var port = 8080

    @Option(help: ArgumentHelp("How many replicas. (default: the region's desired_count, else 2)", valueName: "count"))
    var replicas: Int?

    @Option(help: ArgumentHelp("The address of a server that speaks HTTP itself, on this machine.", valueName: "url"))
    var url: String?

    @Flag(help: "Run each replica as a container, with docker or podman.")
    var containers = false

    @Option(help: ArgumentHelp("The image for --containers. (default: server.image)", valueName: "image"))
    var image: String?

    @Flag(help: "With --containers: nothing can be written in them, as with task.read_only_root in Terraform.")
    var readOnly = false

    @OptionGroup var answer: AnswerOptions

    @Argument(parsing: .postTerminator, help: "The server's program, word by word, after --.")
    var command: [String] = []

    var format: OutputFormat { answer.format }

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
        guard (1...LocalServer.mostReplicas).contains(replicas ?? 1) else {
            throw ValidationError("--replicas is a number from 1 to \(LocalServer.mostReplicas).")
        }
        if let url, LoopbackURL(url) == nil {
            throw ValidationError("--url is an http address on this machine, such as http://127.0.0.1:9000/mcp.")
        }
        if !containers, image != nil || readOnly {
            throw ValidationError("--image and --read-only are for containers: slipway up --containers.")
        }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let plan = containers ? try ContainerFleet.plan(self, effects) : try processes(effects)
        let (events, feed) = AsyncStream.makeStream(of: LocalFleetEvent.self)
        var view = UpView(plan: plan, format: format, effects: effects)
        do {
            // The view reads events as a sibling of the fleet, so that a slow terminal never holds a replica up.
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    defer { feed.finish() }
                    try await effects.machine.run(plan) { feed.yield($0) }
                }
                for await event in events { view.show(event) }
                try await tasks.waitForAll()
            }
        } catch let failure as LocalFleetFailure {
            throw failure.problem
        }
        effects.console.err("Stopped; nothing was left running.\n")
        return .done
    }

    private func processes(_ effects: Effects) throws -> LocalFleetPlan {
        let server = try LocalServer.chosen(by: self, effects)
        let gateway = effects.absolute(server.sibling("slipway-gateway"))
        guard effects.machine.isExecutable(gateway) else {
            throw Problem(
                .notFound,
                at: .file(gateway),
                "there is no gateway beside this program",
                hint: "build it with: swift build --product slipway-gateway"
            )
        }
        var environment = server.environment
        environment["SLIPWAY_FLEET_KEY"] = effects.machine.randomKey()
        let startsServers = server.url != nil && !server.command.isEmpty
        let ports = try effects.machine.freePorts(server.replicas * (startsServers ? 2 : 1))
        return LocalFleetPlan(
            name: server.name,
            port: port,
            replicaPorts: Array(ports.prefix(server.replicas)),
            gateway: gateway,
            command: server.command,
            upstream: server.url.map { LocalUpstream(url: $0, ports: Array(ports.dropFirst(server.replicas))) },
            environment: environment
        )
    }
}
