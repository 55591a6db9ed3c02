import FleetModel
import LocalFleet

/// What `slipway up --containers` runs: the fleet file's server in an image, as a region would run it.
struct ContainerFleet {
    private let up: Up
    private let effects: Effects
    private let fleet: Fleet?
    private let region: Region?
    private let file: String

    static func plan(_ up: Up, _ effects: Effects) throws -> LocalFleetPlan {
        try ContainerFleet(up, effects).plan()
    }

    private init(_ up: Up, _ effects: Effects) throws {
        self.up = up
        self.effects = effects
        file = up.file ?? FleetFile.name
        let isThere = up.file != nil || effects.files.exists(effects.absolute(file))
        fleet = isThere ? try effects.fleet(in: file) : nil
        region = try fleet.map { [file] in try LocalServer.region(of: $0, for: up, in: file) }
    }

    private func plan() throws -> LocalFleetPlan {
        let engine = try engine()
        let image = try image()
        let (command, url) = try server()
        let secrets = try secrets()
        let count = min(up.replicas ?? region?.task.desiredCount ?? 2, LocalServer.mostReplicas)
        var plan = LocalFleetPlan(
            name: name,
            port: up.port,
            replicaPorts: try effects.machine.freePorts(count),
            gateway: engine,
            command: [],
            upstream: url.map { LocalUpstream(url: $0) },
            // The engine's program needs this shell's: where it listens, and who is asking.
            environment: effects.environment().mapValues { Secret($0) }.merging(secrets) { $1 }
        )
        let task = region?.task
        plan.containers = ContainerPlan(
            run: "slipway-\(name)-\(effects.machine.randomKey().reveal().prefix(8))",
            image: image,
            limits: ContainerPlan.Limits(
                cpu: task?.cpu ?? 1024, memory: task?.memory ?? 3072, hasReadOnlyRoot: up.readOnly
            ),
            port: task?.containerPort ?? 8001,
            command: command,
            variables: (task?.environment ?? [:]).filter { secrets[$0.key] == nil },
            secrets: Array(secrets.keys)
        )
        return plan
    }

    private var name: String { fleet?.projectName ?? "local" }

    /// The command line's server, else the fleet file's, else whatever the image does by itself.
    private func server() throws(Problem) -> (command: [String], url: String?) {
        if up.url != nil || !up.command.isEmpty {
            guard up.url == nil || !up.command.isEmpty else {
                throw Problem(
                    .usage,
                    "--url names a server on this machine, which a container does not reach",
                    hint: "give its command too, and it is started in each container: slipway up --containers --url"
                        + " <url> -- <command>"
                )
            }
            return (up.command, up.url)
        }
        switch fleet?.server.transport {
        case nil: return ([], nil)
        case .stdio(let command): return (command, nil)
        case .http(let url, let command):
            guard fleet?.server.gatewayImage == nil else { throw besideTheServer }
            return (command, url)
        }
    }

    private var besideTheServer: Problem {
        Problem(
            .unavailable,
            at: .file(file),
            "server.gateway_image is a second container of each task, and --containers runs one",
            detail: "Nothing was started.",
            hint: "start the server yourself and run: slipway up"
        )
    }

    /// The image that was named, else the one that the Dockerfile beside the fleet file makes.
    private func image() throws(Problem) -> ContainerPlan.Image {
        if let image = up.image ?? fleet?.server.image { return .named(image) }
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let place = file.contains("/") ? effects.absolute(folder) : effects.currentDirectory()
        if fleet != nil, effects.files.exists("\(place)/\(ImageRecipe.dockerfile)") {
            return .built(folder: place, name: "slipway-up/\(name)")
        }
        throw Problem(
            .notFound,
            at: fleet == nil ? nil : .file(file),
            "there is no image to run",
            detail: "Looked for --image, server.image in \(FleetFile.name), and \(place)/\(ImageRecipe.dockerfile).",
            hint: "write a Dockerfile with: slipway init --dockerfile npm (or pypi, binary, http)"
        )
    }

    /// What slipway.env holds, and the fleet's key.
    private func secrets() throws -> [String: Secret] {
        var secrets = try effects.secrets(besides: file)
        if let name = secrets.keys.sorted().first(where: Self.isTheEngines) {
            throw Problem(
                .conflict,
                at: .file(SecretsFile.name),
                "\(name) would steer the container engine itself",
                detail: "Secrets reach a container through the engine's own environment. Nothing was started.",
                hint: "set it under container_environment in \(FleetFile.name), or in the Dockerfile"
            )
        }
        secrets["SLIPWAY_FLEET_KEY"] = effects.machine.randomKey()
        return secrets
    }

    /// Variables that docker and podman themselves go by.
    private static func isTheEngines(_ name: String) -> Bool {
        ["PATH", "HOME", "TMPDIR", "NO_PROXY"].contains(name)
            || ["DOCKER_", "CONTAINER", "PODMAN", "XDG_", "LD_", "HTTP_PROXY", "HTTPS_PROXY"].contains {
                name.hasPrefix($0)
            }
    }

    /// The program of docker, else of podman, on this shell's PATH.
    private func engine() throws(Problem) -> String {
        let names = effects.engineNames
        let folders = (effects.environment()["PATH"] ?? "").split(separator: ":")
        for name in names {
            for folder in folders where effects.machine.isExecutable("\(folder)/\(name)") { return "\(folder)/\(name)" }
        }
        throw Problem(
            .notFound,
            "there is no \(names.joined(separator: " and no ")) on the PATH",
            detail: """
                Without one, slipway up runs the same fleet as processes: balancer, replicas and sessions are the same. \
                What stays untried is the image, its user, and the region's cpu and memory.
                """,
            hint: "install Docker (https://docs.docker.com/engine/install) or Podman (apt-get install podman), or run:"
                + " slipway up"
        )
    }
}
