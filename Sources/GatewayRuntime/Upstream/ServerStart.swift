import NIOCore

/// One start of the server, and what became of it. A server that was asked to end needs no word.
final class ServerStart {
    private enum Phase { case starting, serving, over }

    private let servers: ServerStarts
    private let time: NIODeadline
    private var phase = Phase.starting

    init(_ servers: ServerStarts, at time: NIODeadline) {
        self.servers = servers
        self.time = time
    }

    /// The server answered `initialize`. Further calls change nothing.
    func answered() {
        guard phase == .starting else { return }
        phase = .serving
        servers.answered()
    }

    /// The server ended unasked, or took too long to answer `initialize`.
    func ended(_ reason: String) {
        let before = phase
        phase = .over
        switch before {
        case .starting: servers.failed(reason)
        case .serving: servers.ended(reason, after: servers.now - time)
        case .over: break
        }
    }
}
