import ArgumentParser
import CChildProcess
import HTTPTransport
import Logging
import MCPWire
import NIOCore
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// `slipway-gateway`: reads flags and environment, then serves.
package struct GatewayCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "slipway-gateway",
        abstract: "Serves any MCP server over Streamable HTTP, correctly on many replicas.",
        discussion: """
            The server is a stdio program, of which every session gets a process of its own, or one that speaks \
            Streamable HTTP itself and runs beside the gateway (--upstream). A session's id is a sealed ticket, so that any replica \
            that knows the fleet's key can pass a request to the replica that owns the session: the balancer in \
            front needs no affinity.

            Each setting can also be given by the environment variable named with it; a flag wins over it.

            SLIPWAY_FLEET_KEY holds the key that all replicas of a fleet share, at least \
            \(FleetKeys.shortestSecret) characters (openssl rand -hex 32). Several keys may stand there, separated by \
            commas, while one replaces another: the first seals, all of them open. Without it the gateway makes a \
            key of its own, which serves one replica.
            """,
        version: GatewayVersion.current,
        subcommands: [HealthCommand.self]
    )

    @OptionGroup var upstreamOptions: UpstreamOptions

    @Option(help: "Address to listen on (SLIPWAY_HOST). Default: 127.0.0.1")
    var host: String?

    @Option(help: "Port to listen on, 0 for a free one (SLIPWAY_PORT). Default: 8001")
    var port: Int?

    @Option(help: "Where peers reach this replica, host:port (SLIPWAY_ADVERTISE). Default: the address listened on")
    var advertise: String?

    @Option(help: "The fleet's replicas, host:port,host:port (SLIPWAY_PEERS): who takes sessions over")
    var peers: [String] = []

    @Option(help: "A DNS name that stands for all replicas, host:port (SLIPWAY_PEERS_DNS), instead of a list")
    var peersDns: String?

    @Option(help: "Path of the MCP endpoint (SLIPWAY_PATH). Default: /mcp")
    var path: String?

    @Option(
        name: .customLong("allow-origin"),
        help: "Origin of a web page that may call this server; repeatable (SLIPWAY_ALLOW_ORIGIN, comma-separated)"
    )
    var allowOrigin: [String] = []

    @OptionGroup(title: "At the door") var door: DoorOptions

    @OptionGroup var children: ChildrenOptions

    @Option(help: "Bytes in one message, either way (SLIPWAY_MAX_MESSAGE). Default: 16777216")
    var maxMessage: Int?

    @Option(help: "Sessions at a time (SLIPWAY_MAX_SESSIONS). Default: 1000")
    var maxSessions: Int?

    @Option(help: "Seconds without a call until a session's server process is freed (SLIPWAY_IDLE). Default: 1800")
    var idle: Int?

    @Option(help: "Seconds that the server may take to answer initialize (SLIPWAY_START). Default: 120")
    var start: Int?

    @Option(help: "Seconds that calls in flight may take after SIGTERM (SLIPWAY_DRAIN). Default: 25")
    var drain: Int?

    @OptionGroup(title: "Sessions")
    var sessions: SessionOptions

    @Option(help: "Log lines: json or text (SLIPWAY_LOG_FORMAT). Default: json")
    var logFormat: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical (SLIPWAY_LOG_LEVEL). Default: info")
    var logLevel: String?

    @OptionGroup var observing: ObservingOptions

    @Flag(help: "Stop when standard input closes: for programs that start gateways and must not leave them behind")
    var exitWithParent = false

    @Argument(parsing: .postTerminator, help: "The MCP server's command line, after --")
    var command: [String] = []

    package init() {}

    package func run() async throws {
        // A reader that went away is an error code on the write, never the end of the gateway.
        signal(SIGPIPE, SIG_IGN)
        slipway_raise_descriptor_limit()
        let settings = GatewaySettings(environment: Self.environment())
        for secret in GatewaySettings.secretVariables { slipway_conceal(secret) }
        let configuration = try settings.configuration(from: self)
        let format = try settings.logFormat(logFormat)
        let level = try settings.logLevel(logLevel)
        LoggingSystem.bootstrap { _ in LineLogHandler(format: format, level: level) }
        let log = Logger(label: "slipway-gateway")
        if settings.hasNoKey { log.notice("no SLIPWAY_FLEET_KEY: sessions can't move to another replica") }
        let failure = await Self.serve(configuration, log)
        await LogStream.standardError.flush(within: .seconds(2))
        if let failure { throw failure }
    }

    /// Serves until the gateway has ended; the value is why it did not end well.
    private static func serve(_ configuration: GatewayConfiguration, _ log: Logger) async -> (any Error)? {
        var group = ServiceGroupConfiguration(
            // It ends by itself when the program that started it is gone, which is no error.
            services: [
                .init(
                    service: GatewayService(configuration, log: log),
                    successTerminationBehavior: .gracefullyShutdownGroup
                )
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "lifecycle", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        group.maximumGracefulShutdownDuration = .seconds(configuration.drainTime.nanoseconds / 1_000_000_000 + 10)
        do {
            try await ServiceGroup(configuration: group).run()
            return nil
        } catch let error as OwnAddress.Unknown {
            return ValidationError(
                "\(error); say where peers reach this replica: --advertise 10.0.1.5:\(configuration.port)"
            )
        } catch let error as IOError {
            let place = "\(configuration.host):\(configuration.port)"
            let reason = String(cString: strerror(error.errnoCode))
            return ValidationError("\(place) can't be listened on (\(reason)); choose another --port.")
        } catch {
            return error
        }
    }

    static func environment() -> [String: String] {
        var found: [String: String] = [:]
        guard var entry = slipway_environment() else { return found }
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { found[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return found
    }
}
