import MCPWire
import NIOCore

/// What `/health` says.
struct HealthReport {
    /// Requests of clients since the start, `initialize` among them.
    struct Calls: Equatable {
        /// Arrived here and belonged here.
        var local = 0
        /// Arrived here and were passed to the replica that owns the session.
        var forwarded = 0
        /// Were passed here by a peer.
        var received = 0
        /// Sessions that were resumed here from their tickets.
        var resumed = 0
    }

    enum Condition: String {
        case fine = "ok"
        /// It shuts down, and takes no more sessions.
        case draining
        /// The MCP server does not start, or can't be reached.
        case unhealthy
    }

    /// Starts of the server that failed, with none that succeeded since.
    struct Trouble: Equatable {
        let failedStarts: Int
        /// How long ago the first of them was.
        let secondsAgo: Int64
        /// The last one's; completes "the MCP server does not start: …".
        let reason: String
        /// Seconds until the next start may be tried.
        let nextStart: Int64
    }

    let condition: Condition
    let replica: String
    let sessions: Int
    let children: Int
    let calls: Calls
    let trouble: Trouble?
    /// Why a server that speaks HTTP itself can't be reached; completes "the MCP server can't be reached: …".
    var unreachable: String?

    var body: ByteBuffer {
        ByteBuffer(
            string: """
                {"status":"\(condition.rawValue)"\(reason.map { ",\"reason\":\(JSONText.quoted($0))" } ?? ""),\
                "replica":\(JSONText.quoted(replica)),"sessions":\(sessions),"children":\(children),\
                "calls":{"local":\(calls.local),"forwarded":\(calls.forwarded),"received":\(calls.received)},\
                "resumed":\(calls.resumed)\(server)}

                """
        )
    }

    /// Why it is not well.
    var reason: String? {
        switch condition {
        case .fine: nil
        case .draining: "this replica is shutting down"
        case .unhealthy:
            unreachable.map { "the MCP server can't be reached: \($0)" }
                ?? "the MCP server does not start: \(trouble?.reason ?? "")"
        }
    }

    private var server: String {
        guard let trouble else { return "" }
        let since = WallClock.now.seconds - min(WallClock.now.seconds, UInt64(max(0, trouble.secondsAgo)))
        return """
            ,"server":{"failedStarts":\(trouble.failedStarts),\
            "since":"\(WallClock.timestamp(of: since, nanoseconds: 0))",\
            "lastReason":\(JSONText.quoted(trouble.reason)),"secondsToNextStart":\(trouble.nextStart)}
            """
    }
}
