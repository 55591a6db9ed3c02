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

    let isDraining: Bool
    /// Why no call could be served now; `nil` where one could.
    var trouble: String?
    let replica: String
    let sessions: Int
    let children: Int
    let calls: Calls

    var isHealthy: Bool { !isDraining && trouble == nil }

    private var status: String { isDraining ? "draining" : trouble == nil ? "ok" : "unavailable" }
    private var reason: String { trouble.map { #""reason":\#(JSONText.quoted($0)),"# } ?? "" }

    var body: ByteBuffer {
        ByteBuffer(
            string: """
                {"status":"\(status)",\(reason)"replica":\(JSONText.quoted(replica)),\
                "sessions":\(sessions),"children":\(children),\
                "calls":{"local":\(calls.local),"forwarded":\(calls.forwarded),"received":\(calls.received)},\
                "resumed":\(calls.resumed)}

                """
        )
    }
}
