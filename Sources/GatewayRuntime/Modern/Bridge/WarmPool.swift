import Logging
import MCPWire
import NIOCore

/// Processes of a stdio server of an older revision, for requests that belong to no session: each works for one
/// request at a time, and is used again.
///
/// Clients declare their capabilities with every request, servers learn them once, and what a server remembers is
/// nobody else's business. So a process serves one caller and one set of capabilities only; where the pool is full, one
/// that idles gives way to one that is needed.
final class WarmPool {
    /// Requests that may wait for a process.
    static let mostWaiting = 1_000
    /// How long one waits for a process.
    static let patience: TimeAmount = .seconds(60)

    private struct Waiting {
        let client: WarmClient
        let user: any WarmChildUser
        let since: NIODeadline
    }

    private unowned let gateway: Gateway
    private let onGreeting: (Introduction.Outcome) -> Void
    private let onNews: (ScannedMessage) -> Void
    private var children: [WarmChild] = []
    private var waiting: [Waiting] = []

    /// - Parameters:
    ///   - onGreeting: hears how each start went.
    ///   - onNews: hears what a process says while it works for nobody.
    init(
        _ gateway: Gateway,
        onGreeting: @escaping (Introduction.Outcome) -> Void,
        onNews: @escaping (ScannedMessage) -> Void
    ) {
        self.gateway = gateway
        self.onGreeting = onGreeting
        self.onNews = onNews
    }

    /// Starts a first process, to learn of what era the server is.
    func probe(for client: WarmClient) { start(client, probes: true) }

    /// Has a process work for `user`, now or as soon as there is one.
    func lend(to user: any WarmChildUser, for client: WarmClient) {
        guard waiting.count < Self.mostWaiting else { return user.notServed(.serversBusy) }
        waiting.append(Waiting(client: client, user: user, since: .now()))
        serveWaiting()
    }

    /// The user needs no process any more: it has none yet, or has given it up.
    func forget(_ user: any WarmChildUser) { waiting.removeAll { $0.user === user } }

    func takeBack(_ child: WarmChild) {
        child.user = nil
        serveWaiting()
    }

    func discard(_ child: WarmChild) {
        child.user = nil
        child.stop()
        remove(child)
        serveWaiting()
    }

    /// Frees what idled for long, and refuses what waited for long.
    func keepUp(now: NIODeadline) {
        for child in children where child.isReady && child.user == nil {
            if now - child.idleSince > gateway.configuration.idleTime { discard(child) }
        }
        let late = waiting.filter { now - $0.since > Self.patience }
        waiting.removeAll { now - $0.since > Self.patience }
        for one in late { one.user.notServed(.serversBusy) }
    }

    /// Ends every process.
    func close() {
        let users = waiting.map(\.user) + children.compactMap(\.user)
        waiting = []
        for child in children { child.stop() }
        children = []
        for user in users { user.serverEnded("this replica is shutting down") }
    }

    private func serveWaiting() {
        var starting = children.filter { !$0.isReady }.map(\.client)
        var unserved: [Waiting] = []
        let all = waiting
        waiting = []
        for one in all {
            if let child = idle(one.client) {
                child.user = one.user
                one.user.served(by: child)
                continue
            }
            unserved.append(one)
            if let index = starting.firstIndex(of: one.client) {
                starting.remove(at: index)
            } else if makeRoom() {
                start(one.client, probes: false)
            }
        }
        waiting = unserved + waiting
    }

    private func idle(_ client: WarmClient) -> WarmChild? {
        children.last { $0.isReady && $0.user == nil && $0.client == client }
    }

    private func makeRoom() -> Bool {
        let isFull = children.count >= gateway.configuration.children.warmLimit
        if !isFull, gateway.makeRoomForChild() == nil { return true }
        let idle = children.filter { $0.isReady && $0.user == nil }
        guard let oldest = idle.min(by: { $0.idleSince < $1.idleSince }) else { return false }
        oldest.stop()
        remove(oldest)
        return true
    }

    private func start(_ client: WarmClient, probes: Bool) {
        do throws(SpawnFailure) {
            children.append(try WarmChild(for: client, probes: probes, pool: self, gateway: gateway))
        } catch {
            let reason = "\(error)"
            gateway.log.error("the server could not be started", metadata: ["reason": "\(reason)"])
            // Later, for the caller is still at work on the requests that wait.
            gateway.later(.zero) { [weak self] in self?.couldNotStart(reason) }
        }
    }

    private func remove(_ child: WarmChild) { children.removeAll { $0 === child } }

    /// The server takes no such client; others are none of its affair.
    private func refused(_ client: WarmClient) {
        let users = waiting.filter { $0.client == client }.map(\.user)
        waiting.removeAll { $0.client == client }
        for user in users { user.serverEnded(Introduction.refusal) }
    }

    private func couldNotStart(_ reason: String) {
        onGreeting(.failed(reason))
        let users = waiting.map(\.user)
        waiting = []
        for user in users { user.serverEnded(reason) }
    }
}

/// What its processes tell.
extension WarmPool {
    func heard(_ message: ScannedMessage) { onNews(message) }

    func greeted(_ child: WarmChild, _ outcome: Introduction.Outcome) {
        switch outcome {
        case .legacy: onGreeting(outcome)
        case .modern:
            remove(child)
            onGreeting(outcome)
        case .refused:
            remove(child)
            onGreeting(outcome)
            refused(child.client)
        case .failed(let reason):
            remove(child)
            couldNotStart(reason)
        }
        serveWaiting()
    }

    func ended(_ child: WarmChild, _ reason: String) {
        remove(child)
        guard !child.isReady else { return serveWaiting() }
        // A server that does not survive being asked for its era is an old one: the next is only initialized.
        child.wasProbed ? start(child.client, probes: false) : couldNotStart(reason)
    }
}
