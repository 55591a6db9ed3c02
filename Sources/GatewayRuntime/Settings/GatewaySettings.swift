import ArgumentParser
import HTTPTransport
import Logging
import MCPWire
import NIOCore

/// Flags over environment over defaults. A setting that can't be understood is named in the error, with its place.
struct GatewaySettings {
    let environment: [String: String]

    var hasNoKey: Bool { secrets.isEmpty }

    private var secrets: [String] {
        words("SLIPWAY_FLEET_KEY")
    }

    func configuration(from flags: GatewayCommand) throws -> GatewayConfiguration {
        let upstream = try upstream(from: flags.upstreamOptions)
        guard !flags.command.isEmpty || upstream != nil else {
            throw ValidationError(
                "Name the MCP server's command after --, as in: slipway-gateway -- python3 -m server\n"
                    + "or the address of one that speaks HTTP itself: --upstream http://127.0.0.1:9000/mcp"
            )
        }
        var all = GatewayConfiguration(command: flags.command, environment: environment, keys: try keys())
        all.upstream = upstream
        all.host = flags.host ?? environment["SLIPWAY_HOST"] ?? all.host
        all.port = try number(flags.port, "--port", "SLIPWAY_PORT", 0...65535) ?? all.port
        let path = text(flags.path, "--path", "SLIPWAY_PATH")
        if let path, !path.text.hasPrefix("/") {
            throw ValidationError("\(path.place) begins with a slash, as in /mcp, unlike '\(path.text)'.")
        }
        all.path = path?.text ?? all.path
        try readReplicas(flags, into: &all)
        all.allowedOrigins = flags.allowOrigin + words("SLIPWAY_ALLOW_ORIGIN")
        all.messageLimit =
            try number(flags.maxMessage, "--max-message", "SLIPWAY_MAX_MESSAGE", 1024...1_073_741_824)
            ?? all.messageLimit
        all.sessionLimit =
            try number(flags.maxSessions, "--max-sessions", "SLIPWAY_MAX_SESSIONS", 1...1_000_000) ?? all.sessionLimit
        all.idleTime = try seconds(flags.idle, "--idle", "SLIPWAY_IDLE", 1...86_400) ?? all.idleTime
        all.startTime = try seconds(flags.start, "--start", "SLIPWAY_START", 1...3_600) ?? all.startTime
        all.drainTime = try seconds(flags.drain, "--drain", "SLIPWAY_DRAIN", 0...3_600) ?? all.drainTime
        all.sessionRules = try sessionRules(flags.sessions)
        all.children = try children(flags.children)
        all.exitsWithParent = flags.exitWithParent
        all.observing = try observation(from: flags)
        return all
    }

    /// Who this replica is, and who the others are.
    private func readReplicas(_ flags: GatewayCommand, into all: inout GatewayConfiguration) throws {
        all.advertised = try text(flags.advertise, "--advertise", "SLIPWAY_ADVERTISE").map {
            try target($0.text, $0.place)
        }
        let peers = flags.peers.isEmpty ? words("SLIPWAY_PEERS") : flags.peers.flatMap(Self.words)
        all.peers = try peers.map { try target($0, flags.peers.isEmpty ? "SLIPWAY_PEERS" : "--peers") }
        all.peerService = try text(flags.peersDns, "--peers-dns", "SLIPWAY_PEERS_DNS").map {
            try target($0.text, $0.place)
        }
        if all.advertised == nil, !hasNoKey, ["0.0.0.0", "::", "[::]", ""].contains(all.host) {
            all.ownAddress = try ownAddress(port: all.port)
            guard all.ownAddress == nil else { return try readPeerKey(all) }
            throw ValidationError(
                "--host \(all.host) is every address and no replica's name; say where peers reach this one: "
                    + "--advertise 10.0.1.5:\(all.port)"
            )
        }
        try readPeerKey(all)
    }

    private func readPeerKey(_ all: GatewayConfiguration) throws {
        if !all.peers.isEmpty || all.peerService != nil, hasNoKey {
            throw ValidationError(
                "Peers need SLIPWAY_FLEET_KEY, the same for every replica; make one with: openssl rand -hex 32"
            )
        }
    }

    func logFormat(_ flag: String?) throws -> LogFormat {
        guard let given = text(flag, "--log-format", "SLIPWAY_LOG_FORMAT") else { return .json }
        guard let format = LogFormat(rawValue: given.text) else {
            throw ValidationError("\(given.place) is json or text, not '\(given.text)'.")
        }
        return format
    }

    func logLevel(_ flag: String?) throws -> Logger.Level {
        guard let given = text(flag, "--log-level", "SLIPWAY_LOG_LEVEL") else { return .info }
        guard let level = Logger.Level(rawValue: given.text) else {
            let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(given.place) is one of \(known), not '\(given.text)'.")
        }
        return level
    }

    private func keys() throws -> FleetKeys {
        guard !secrets.isEmpty else { return .random() }
        do throws(FleetKeys.Refusal) {
            return try FleetKeys(secrets: secrets)
        } catch {
            throw ValidationError(
                "SLIPWAY_FLEET_KEY: every key has at least \(FleetKeys.shortestSecret) characters; "
                    + "make one with: openssl rand -hex 32"
            )
        }
    }

    func words(_ variable: String) -> [String] { Self.words(environment[variable] ?? "") }

    static func words(_ text: String) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    /// A setting and the place where it was given.
    func text(_ flag: String?, _ name: String, _ variable: String) -> (text: String, place: String)? {
        flag.map { ($0, name) } ?? environment[variable].map { ($0, variable) }
    }

    func target(_ text: String, _ place: String) throws -> HTTPTarget {
        if let target = HTTPTarget(text) { return target }
        throw ValidationError("\(place) is host:port, as in 10.0.1.5:8001, not '\(text)'.")
    }

    func number(_ flag: Int?, _ name: String, _ variable: String, _ range: ClosedRange<Int>) throws -> Int? {
        let place = flag == nil ? variable : name
        guard let text = flag.map(String.init) ?? environment[variable] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw ValidationError(
                "\(place) is a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'."
            )
        }
        return number
    }

    func seconds(
        _ flag: Int?,
        _ name: String,
        _ variable: String,
        _ range: ClosedRange<Int>
    ) throws -> TimeAmount? {
        try number(flag, name, variable, range).map { .seconds(Int64($0)) }
    }
}
