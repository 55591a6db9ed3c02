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
    let replica: String
    let sessions: Int
    let children: Int
    let calls: Calls

    var body: ByteBuffer {
        ByteBuffer(
            string: """
                {"status":"\(isDraining ? "draining" : "ok")","replica":\(JSONText.quoted(replica)),\
                "sessions":\(sessions),"children":\(children),\
                "calls":{"local":\(calls.local),"forwarded":\(calls.forwarded),"received":\(calls.received)},\
                "resumed":\(calls.resumed)}

                """
        )
    }
}
