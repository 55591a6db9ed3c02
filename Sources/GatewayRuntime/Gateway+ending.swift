import HTTPTransport
import Logging
import MCPWire
import NIOCore

/// Ending well.
extension Gateway {
    /// How long a draining gateway answers at least, so that the balancer has seen its 503 before it is gone.
    private static let leastDrain: TimeAmount = .seconds(1)
    /// How long no request may have arrived before the gateway stops listening: one that is on its way would be cut.
    private static let silence: TimeAmount = .milliseconds(250)
    /// How many looks in a row must find nothing. A gateway that gets no processor for longer than the silence has
    /// connections that it has not accepted yet, and sees them only between two looks.
    private static let quietLooks = 5

    /// Frees a session that nobody uses at the moment; its ticket brings it back, here or elsewhere.
    func rest(_ session: any Session) {
        guard session.isIdle else { return }
        session.sleep()
        guard session.isResumable else { return }
        sessions.release(session)
        if isDraining { observer.metrics.handedOver += 1 }
        if configuration.sessionRules.ownerLost == .expire { sessions.rememberRest(of: session.uid) }
    }

    /// Says 503 on `/health`, hands sessions over as their calls finish, then ends streams, processes and connections.
    func drain() -> EventLoopFuture<Void> {
        beginDraining()
        announceLeaving()
        for session in sessions.all { session.closeListeners() }
        modern.endListening()
        upstream?.endListening()
        let drained = eventLoop.makePromise(of: Void.self)
        let now = NIODeadline.now()
        awaitQuiet(from: now, until: now + configuration.drainTime, drained, quiet: 0)
        return drained.futureResult
    }

    /// A session without a call in flight is let go at once: its next request finds another replica, which resumes it.
    private func awaitQuiet(
        from start: NIODeadline,
        until deadline: NIODeadline,
        _ drained: EventLoopPromise<Void>,
        quiet looks: Int
    ) {
        let now = NIODeadline.now()
        let others = configuration.sessionRules.ownerLost == .resume ? replicas.available : []
        if !others.isEmpty { for session in Array(sessions.all) { rest(session) } }
        let isQuiet = !sessions.all.contains(where: \.isBusy) && busyExchanges == 0
        let isSilent = isQuiet && now - max(start + Self.leastDrain - Self.silence, lastRequest) >= Self.silence
        guard now >= deadline || (isSilent && looks >= Self.quietLooks) else {
            let next = isSilent ? looks + 1 : 0
            later(.milliseconds(20)) { self.awaitQuiet(from: start, until: deadline, drained, quiet: next) }
            return
        }
        log.info("no longer listening", metadata: ["busy": "\(busyExchanges)", "sessions": "\(sessions.count)"])
        stopListening()
        for session in Array(sessions.all) {
            session.end("This replica is shutting down.")
        }
        modern.close()
        for listener in relayedListeners { listener.finishEarly() }
        upstreamProcess?.stop()
        for server in sharedServers.values { server.close() }
        let patience = ChildProcess.patience.beforeTerminate + ChildProcess.patience.beforeKill + .milliseconds(500)
        awaitEnd(until: now + patience, drained)
    }

    private func awaitEnd(until deadline: NIODeadline, _ drained: EventLoopPromise<Void>) {
        if reaper.childCount > 0 || busyExchanges > 0, NIODeadline.now() < deadline {
            later(.milliseconds(20)) { self.awaitEnd(until: deadline, drained) }
            return
        }
        close()
        drained.succeed()
    }

    /// Ends everything at once: whoever started this gateway is gone.
    func abandon() {
        reaper.killAll()
        close()
    }

    /// Requests being answered, but for GET streams, which never are.
    private var busyExchanges: Int {
        busyCount - relayedListeners.count { !$0.isOver }
            - sessions.all.reduce(0) { $0 + $1.listenerCount }
    }
}
