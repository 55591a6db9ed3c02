import FleetModel

/// What `slipway up` runs, and how much of it: from the fleet file, from the command line, or the demo.
struct LocalServer {
    /// More processes than a laptop is for.
    static let mostReplicas = 20

    let name: String
    let command: [String]
    let replicas: Int
    let environment: [String: Secret]
    private let folder: String

    /// Path of a program that was installed with this one.
    func sibling(_ program: String) -> String { "\(folder)/\(program)" }

    static func chosen(by up: Up, _ effects: Effects) throws -> LocalServer {
        let file = up.file ?? FleetFile.name
        let isThere = up.file != nil || effects.files.exists(effects.absolute(file))
        let fleet = isThere ? try effects.fleet(in: file) : nil
        let region = try fleet.map { try Self.region(of: $0, for: up, in: file) }
        let folder = String(effects.machine.program().reversed().drop { $0 != "/" }.dropFirst().reversed())
        return LocalServer(
            name: fleet?.projectName ?? (up.command.isEmpty ? "demo" : "local"),
            command: try command(for: up, fleet, in: file, demo: "\(folder)/slipway-demo-server", effects),
            replicas: min(up.replicas ?? region?.task.desiredCount ?? 2, mostReplicas),
            environment: try environment(of: region, besides: file, effects),
            folder: folder
        )
    }

    private static func region(of fleet: Fleet, for up: Up, in file: String) throws -> Region {
        let region = up.region.map { fleet.region(named: $0) } ?? fleet.regions.first
        guard let region else {
            throw Problem(
                .notFound,
                at: .file(file),
                "regions has no \(up.region ?? "entry")",
                hint: "name one of \(fleet.regions.map(\.name).joined(separator: ", "))"
            )
        }
        return region
    }

    private static func command(
        for up: Up,
        _ fleet: Fleet?,
        in file: String,
        demo: String,
        _ effects: Effects
    ) throws -> [String] {
        if !up.command.isEmpty { return up.command }
        switch fleet?.server.transport {
        case .stdio(let command): return command
        case .http(let url):
            throw Problem(
                .unavailable,
                at: .file(file),
                "server.url can't be run locally by this version",
                detail: "The gateway of this version starts stdio servers; \(url) speaks HTTP by itself.",
                hint: "run a stdio server with: slipway up -- <command>"
            )
        case nil:
            guard effects.machine.isExecutable(demo) else {
                throw Problem(
                    .notFound,
                    "there is no fleet file here and no demo server beside this program",
                    detail: "Looked for \(FleetFile.name) in \(effects.currentDirectory()), and for \(demo).",
                    hint: "write a fleet file with: slipway init, or run a server with: slipway up -- <command>"
                )
            }
            return [demo]
        }
    }

    /// This shell's variables but for a gateway's settings, which are this command's to give; then the region's, then the secrets of the git-ignored file; later ones win.
    private static func environment(
        of region: Region?,
        besides file: String,
        _ effects: Effects
    ) throws -> [String: Secret] {
        var environment = effects.environment().filter { !$0.key.hasPrefix("SLIPWAY_") }.mapValues { Secret($0) }
        for (name, value) in region?.task.environment ?? [:] { environment[name] = Secret(value) }
        return environment.merging(try effects.secrets(besides: file)) { $1 }
    }
}
