import HTTPTransport
import MCPWire
import NIOCore

/// Everything a gateway is told before it starts.
package struct GatewayConfiguration: Sendable {
    package var host = "127.0.0.1"
    /// 0 takes a free port.
    package var port = 8001
    /// Where the peers reach this replica; `nil`: the address it listens on.
    package var advertised: HTTPTarget?
    /// The replicas of the fleet, this one perhaps among them.
    package var peers: [HTTPTarget] = []
    /// A DNS name that stands for all replicas, and the port they listen on (AWS Cloud Map).
    package var peerService: HTTPTarget?
    /// Path of the MCP endpoint.
    package var path = "/mcp"
    /// The words of the server's command line; none where somebody else starts the server.
    package var command: [String]
    /// The server, where it speaks HTTP itself; the command then starts it, where there is one.
    package var upstream: UpstreamConfiguration?
    /// The gateway's own environment; the child gets it without the gateway's settings.
    package var environment: [String: String]
    package var keys: FleetKeys
    package var children = ChildrenConfiguration()
    package var allowedOrigins: [String] = []
    /// Bytes in one message, either way.
    package var messageLimit = 16 * 1024 * 1024
    /// Sessions at a time.
    package var sessionLimit = 1_000
    /// After this long without a call the child of a session is freed; the next call starts another.
    package var idleTime: TimeAmount = .minutes(30)
    /// Age at which a session ends whatever happens.
    package var sessionAge: TimeAmount = .hours(24)
    var sessionAgeInSeconds: UInt64 { UInt64(max(0, sessionAge.nanoseconds) / 1_000_000_000) }
    /// How long the server may take to answer `initialize`.
    package var startTime: TimeAmount = .seconds(120)
    /// How long calls in flight may take after SIGTERM.
    package var drainTime: TimeAmount = .seconds(25)
    /// Silence on a stream after which a comment is written.
    package var keepAliveInterval: TimeAmount = .seconds(15)
    package var sessionRules = SessionRules()
    /// Where the container's own address can be asked for, where it has to be.
    package var ownAddress: OwnAddress?
    /// The address that was told there.
    var ownHost: String?
    /// Ends when standard input does: for a gateway that another program starts and must not outlive.
    package var exitsWithParent = false
    /// What is told of it to the outside.
    package var observing = Observation()

    package init(command: [String], environment: [String: String], keys: FleetKeys) {
        self.command = command
        self.environment = environment
        self.keys = keys
    }

    /// Whether only this machine can reach the gateway.
    package var listensOnLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}
