import HTTPTransport
import NIOCore

/// Notices peers that fall silent while requests of ours are with them: a process that is stopped, a host that lost its
/// network. Their connections would stay open for long.
///
/// A peer of which nothing was heard for `patience` is asked for its health on the side; one that does not answer that
/// within `answerTime` is given up, and with it everything that was passed to it. A call may be quiet for as long as
/// it likes: it is the replica that has to be there.
final class PeerWatch {
    static let patience: TimeAmount = .milliseconds(400)
    static let answerTime: TimeAmount = .milliseconds(4000)
    private static let interval: TimeAmount = .milliseconds(200)
    /// A replica whose timers are late by more than this has no time to judge others.
    private static let delay: TimeAmount = .milliseconds(150)

    private struct Watched {
        var relays: [ObjectIdentifier: HTTPRelay] = [:]
        var lastSign = NIODeadline.distantPast
        var isAsked = false

        mutating func ended(_ relay: HTTPRelay) {
            guard relays.removeValue(forKey: ObjectIdentifier(relay)) != nil else { return }
            lastSign = max(lastSign, relay.lastHeard ?? lastSign)
        }

        var lastHeard: NIODeadline { relays.values.lazy.compactMap(\.lastHeard).reduce(lastSign, max) }
    }

    private let eventLoop: any EventLoop
    private let pool: HTTPConnectionPool
    private let onSilence: (HTTPTarget) -> Void
    private var watched: [HTTPTarget: Watched] = [:]
    private var inspection: RepeatedTask?
    private var lastInspection = NIODeadline.now()
    /// When this replica itself was last late: what it did not hear then, it may not have had the time to hear.
    private var lastLate = NIODeadline.distantPast

    /// `onSilence` hears of a peer before what is with it is given up.
    init(eventLoop: any EventLoop, pool: HTTPConnectionPool, onSilence: @escaping (HTTPTarget) -> Void) {
        self.eventLoop = eventLoop
        self.pool = pool
        self.onSilence = onSilence
    }

    /// Watches a peer for as long as a request is with it. A request is let go of as soon as it is over: what waits for
    /// the next look keeps memory from being used again while it is warm.
    func follow(_ relay: HTTPRelay, to peer: HTTPTarget) {
        guard !relay.isOver else { return }
        watched[peer, default: Watched()].relays[ObjectIdentifier(relay)] = relay
        relay.onEnd = { [weak self, unowned relay] in self?.watched[peer]?.ended(relay) }
        if inspection == nil {
            lastInspection = .now()
            inspection = eventLoop.repeatedly(every: Self.interval) { [weak self] in self?.inspect() }
        }
    }

    func stop() {
        inspection?.cancel()
        inspection = nil
        watched = [:]
    }

    private func inspect() {
        let now = noticeDelay()
        for (peer, var entry) in watched {
            entry.lastSign = entry.lastHeard
            guard let oldest = entry.relays.values.lazy.map(\.begun).min() else {
                watched[peer] = nil
                continue
            }
            let isQuiet = !entry.isAsked && now - max(entry.lastSign, oldest) >= Self.patience
            entry.isAsked = entry.isAsked || isQuiet
            watched[peer] = entry
            if isQuiet { ask(peer, now: now) }
        }
        lastInspection = now
        if watched.isEmpty { stop() }
    }

    /// Notes whether this replica is late itself. The value is the time.
    private func noticeDelay() -> NIODeadline {
        let now = NIODeadline.now()
        if now - lastInspection > Self.interval + Self.delay { lastLate = now }
        return now
    }

    private func ask(_ peer: HTTPTarget, now: NIODeadline) {
        PeerProbe.start(peer, over: pool, eventLoop: eventLoop, limit: Self.answerTime) { [weak self] verdict in
            guard let self, let entry = self.watched[peer] else { return }
            _ = self.noticeDelay()
            if verdict == .silent, entry.lastHeard < now, self.lastLate < now { return self.giveUp(peer) }
            self.watched[peer]?.isAsked = false
            // Where nobody listens any more, the kernel there breaks what is open.
            self.watched[peer]?.lastSign = .now()
        }
    }

    private func giveUp(_ peer: HTTPTarget) {
        let relays = watched.removeValue(forKey: peer)?.relays ?? [:]
        onSilence(peer)
        for relay in relays.values { relay.giveUp() }
    }
}
