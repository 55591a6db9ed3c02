import HTTPTransport
import MCPWire
import NIOHTTP1

/// The fields by which replicas speak to each other. A client may send them too; without the fleet's key they mean
/// nothing, and they never reach an MCP server.
enum Hop {
    /// Proof that a replica of this fleet passed the request on, for this session, just now.
    static let proof = "slipway-hop"
    static let intent = "slipway-hop-intent"
    /// Whom the replica that passed the request on found to be asking; the proof covers it.
    static let caller = "slipway-hop-caller"
    /// What the replica that the client reached calls the request.
    static let request = "slipway-hop-request"
    /// In a 421 to a peer: why the session is not served. Absent on every answer that is a client's.
    static let refusal = "slipway-hop-refusal"
    /// The replica that a notice speaks of.
    static let replica = "slipway-hop-replica"

    /// The notification that a notice passes on, in base64url.
    static let change = "slipway-hop-change"

    /// Where a replica asks another for a link.
    static let linkPath = "/slipway/link"

    /// Why a peer did not serve a request that was passed to it.
    enum Refusal: String {
        /// It does not have the session.
        case absent
        /// It takes no sessions any more.
        case draining
    }

    /// News for every peer, sent to a path of its own.
    enum Notice: String {
        /// A session's client ended it: never resume it.
        case ended = "/slipway/ended"
        /// A replica is there: it has not heard what happened before.
        case arrived = "/slipway/arrived"
        /// These sessions were ended by their clients before the replica that hears it was there to be told.
        case endedBefore = "/slipway/ended-before"
        /// A replica drains: pass it no more sessions, and open no connection that you don't need.
        case leaving = "/slipway/leaving"
        /// A replica serves these sessions now: whoever else has one of them gives it up.
        case taken = "/slipway/taken"
        /// A list or a resource of the server changed: tell the streams that listen for it.
        case changed = "/slipway/changed"

        /// The field that holds what the notice is about.
        var field: String {
            switch self {
            case .ended: "mcp-session-id"
            case .arrived, .endedBefore, .leaving, .taken: Hop.replica
            case .changed: Hop.change
            }
        }
    }

    /// What a peer's response says to this replica rather than to the client.
    static func refusal(in head: HTTPResponseHead) -> Refusal? {
        guard head.status == .misdirectedRequest else { return nil }
        return head.headers.value(refusal).flatMap(Refusal.init(rawValue:))
    }
}
