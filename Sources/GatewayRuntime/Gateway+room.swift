import MCPWire

/// How many sessions and server processes this replica may have.
extension Gateway {
    /// Makes room for one more session, or says why there is none.
    func makeRoomForSession() -> Refusal? {
        if sessions.count < configuration.sessionLimit { return nil }
        guard freeOldest(where: \.isResumable) else { return .tooManySessions }
        return sessions.count < configuration.sessionLimit ? nil : .tooManySessions
    }

    /// Makes room for the server of one more session, which needs no process of its own where one serves all.
    func makeRoomForServer() -> Refusal? {
        let isThere = configuration.children.sharing == .shared && sharedServer(.legacy).isRunning
        return isThere ? nil : makeRoomForChild()
    }

    /// Makes room for one more server process, or says why there is none. A process that was told to end is not
    /// counted: it has two seconds left at most. Sessions with an HTTP server need none of their own.
    func makeRoomForChild() -> Refusal? {
        guard upstream == nil else { return nil }
        guard let limit = configuration.sessionRules.childLimit, reaper.servingCount >= limit else { return nil }
        guard freeOldest(where: \.hasChild) else { return .tooManyChildren }
        return reaper.servingCount < limit ? nil : .tooManyChildren
    }

    /// Puts the session to rest that nobody has used for longest, where the rules say so.
    private func freeOldest(where mayGo: (any Session) -> Bool) -> Bool {
        guard configuration.sessionRules.whenFull == .oldestIdle else { return false }
        let idle = sessions.all.filter { $0.isIdle && mayGo($0) }
        guard let oldest = idle.min(by: { $0.lastUse < $1.lastUse }) else { return false }
        rest(oldest)
        return true
    }

    /// Whether this replica may bring a session back that is not here. Where sessions expire with their replica, only
    /// one that was put to rest here comes back.
    func mayResume(_ ticket: SessionTicket) -> Bool {
        configuration.sessionRules.ownerLost == .resume || sessions.isResting(ticket.session)
    }
}
