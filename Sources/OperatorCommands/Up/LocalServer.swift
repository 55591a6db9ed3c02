import FleetModel

/// What `slipway up` runs, and how much of it: from the fleet file, from the command line, or the demo.
struct LocalServer {
    /// More processes than a laptop is for.
    static let mostReplicas = 20

    let name: String
    /// The words of its command line; none where somebody else starts it.
    let command: [String]
    /// Where it is called, where it speaks HTTP itself.
    let url: String?
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
        let transport = try transport(for: up, fleet, demo: "\(folder)/slipway-demo-server", effects)
        let (command, url): ([String], String?) =
            switch transport {
            case .stdio(let command): (command, nil)
            case .http(let url, let command): (command, url)
            }
        return LocalServer(
            name: fleet?.projectName ?? (up.command.isEmpty && up.url == nil ? "demo" : "local"),
            command: command,
            url: url,
            replicas: min(up.replicas ?? region?.task.desiredCount ?? 2, mostReplicas),
            environment: try environment(of: region, besides: file, effects),
            folder: folder
        )
    }

    static func region(of fleet: Fleet, for up: Up, in file: String) throws -> Region {
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

    /// The server of the command line, else the fleet file's, else the demo.
    private static func transport(
        for up: Up,
        _ fleet: Fleet?,
        demo: String,
        _ effects: Effects
    ) throws -> Server.Transport {
        if let url = up.url { return .http(url: url, command: up.command) }
        if !up.command.isEmpty { return .stdio(command: up.command) }
        if let fleet { return fleet.server.transport }
        guard effects.machine.isExecutable(demo) else {
            throw Problem(
                .notFound,
                "there is no fleet file here and no demo server beside this program",
                detail: "Looked for \(FleetFile.name) in \(effects.currentDirectory()), and for \(demo).",
                hint: "write a fleet file with: slipway init, or run a server with: slipway up -- <command>"
            )
        }
        return .stdio(command: [demo])
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
