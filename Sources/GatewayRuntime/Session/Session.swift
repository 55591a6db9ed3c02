import MCPWire
import NIOCore

/// A legacy session as the gateway sees it, whatever serves it. Confined to the gateway's event loop.
protocol Session: AnyObject {
    var uid: SessionUID { get }
    /// The sealed ticket, once the client has it.
    var ticket: String? { get }
    /// Whom the session belongs to.
    var caller: Caller { get }
    /// Seconds since 1970 at which the session began.
    var issuedAt: UInt64 { get }
    var lastUse: NIODeadline { get }
    /// Whether somebody waits for an answer.
    var isBusy: Bool { get }
    /// Whether nobody waits or listens.
    var isIdle: Bool { get }
    /// How many GET streams are open.
    var listenerCount: Int { get }
    /// Whether the session's ticket can bring it back.
    var isResumable: Bool { get }
    /// Whether a server process runs for this session alone.
    var hasChild: Bool { get }

    /// Serves the `initialize` that begins the session.
    func begin(_ message: ScannedMessage, _ visit: Visit)
    /// Serves a POST.
    func receive(_ posted: PostedMessages, _ visit: Visit)
    /// Opens the client's GET stream. A new one replaces the old: the old client may be long gone behind a proxy.
    func listen(_ visit: Visit)
    func closeListeners()
    /// Writes a comment on every stream that was quiet for `interval`.
    func keepAlive(after interval: TimeAmount, now: NIODeadline)
    /// Frees what an idle session holds; its ticket brings it back.
    func sleep()
    /// Ends the session for good.
    func end(_ reason: String)
}

extension Session {
    var hasChild: Bool { false }
}
