import Logging
import NIOCore

/// Every start of the MCP server on this replica, whatever kind of upstream asks for it: says whether a start may come
/// now, and counts what became of each.
final class ServerStarts {
    /// Since the gateway's start.
    struct Counts: Equatable {
        var started = 0
        /// Of them, starts for a session that had a server before.
        var restarted = 0
        /// Starts without an answer to `initialize`, commands that can't be run among them.
        var failed = 0
        /// Servers that ended unasked after they had answered `initialize`.
        var crashed = 0
    }

    private(set) var policy = CrashPolicy()
    private(set) var counts = Counts()
    private let log: Logger
    private let clock: () -> NIODeadline

    init(log: Logger, clock: @escaping () -> NIODeadline = { .now() }) {
        self.log = log
        self.clock = clock
    }

    /// Why no server may be started now; `nil` where one may.
    func refusal(now: NIODeadline) -> SpawnFailure? {
        guard let pause = policy.pause(now: now), let streak = policy.streak else { return nil }
        return .held("\(streak.words(now: now)); the next start is tried in \(pause.wholeSeconds) s")
    }

    /// Whether a server may be started now.
    func canStart(_ now: NIODeadline) -> Bool { policy.pause(now: now) == nil }

    /// Starts a server, unless it has to wait; a command that can't be run counts as a failed start.
    func attempt<Server>(_ start: () throws(SpawnFailure) -> Server) throws(SpawnFailure) -> Server {
        if let refusal = refusal(now: clock()) { throw refusal }
        do throws(SpawnFailure) {
            return try start()
        } catch {
            failed("\(error)")
            throw error
        }
    }

    /// A server was started; whoever started it tells the result what becomes of it.
    /// - Parameter again: the session had a server before.
    func started(again: Bool = false) -> ServerStart {
        counts.started += 1
        if again { counts.restarted += 1 }
        return ServerStart(self, at: clock())
    }

    /// A start failed. `reason` completes "the server does not start: …".
    func failed(_ reason: String) {
        counts.failed += 1
        countFailure(reason)
    }

    /// A server answered `initialize`.
    func answered() {
        if isUnhealthy { log.notice("the server starts again") }
        if policy != CrashPolicy() { policy.answered() }
    }

    /// A server that had answered `initialize` ended unasked.
    func ended(_ reason: String, after age: TimeAmount) {
        counts.crashed += 1
        if age <= CrashPolicy.soon { countFailure(reason) }
    }

    var now: NIODeadline { clock() }

    private var isUnhealthy: Bool { policy.unhealthyTime(now: clock()) != nil }

    private func countFailure(_ reason: String) {
        let wasUnhealthy = isUnhealthy
        policy.failed(reason, now: clock())
        guard isUnhealthy, !wasUnhealthy, let streak = policy.streak else { return }
        log.error("the server does not start: this replica is unhealthy", metadata: ["reason": "\(streak.reason)"])
    }
}
