import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// How a request at the MCP endpoint comes in.
extension Gateway {
    /// Takes a request in, or refuses it.
    func enter(_ visit: Visit, _ method: HTTPMethod) {
        noteRequest()
        observer.follow(visit)
        // A peer has checked what it passes on, and says in its proof whom it found.
        if let hop = passedOn(visit.exchange) {
            (visit.hop, visit.caller) = hop
            return serve(visit, method)
        }
        guard door.opens(for: visit.exchange) else { return }
        guard let authentication = door.authentication else { return count(visit, method) }
        authentication.identify(visit.exchange.head.headers) { identified in
            guard !visit.exchange.isOver else { return }
            switch identified {
            case .success(let caller):
                visit.caller = caller
                self.count(visit, method)
            case .failure(let refusal): visit.exchange.refuse(.door(refusal))
            }
        }
    }

    private func passedOn(_ exchange: HTTPExchange) -> (intent: HopIntent?, caller: Caller)? {
        let headers = exchange.head.headers
        guard headers.value(Hop.proof) != nil else { return nil }
        guard let intent = hopIntent(of: exchange, headers.value("mcp-session-id") ?? "") else { return nil }
        guard let caller = Caller(hopField: headers.value(Hop.caller) ?? "") else { return nil }
        // A replica that asks its callers names them; one that does not can't vouch for them here.
        guard caller != .anybody || door.authentication == nil else { return nil }
        return (intent, caller)
    }

    private func count(_ visit: Visit, _ method: HTTPMethod) {
        guard let refusal = door.rateRefusal(visit) else { return serve(visit, method) }
        let sessionID = visit.exchange.head.headers.value("mcp-session-id")
        // A limit must not hide that the session is gone: the client would call on for good.
        let isLost = sessionID.map { !canReach($0, visit.caller) } ?? false
        visit.exchange.refuse(isLost ? .unknownSession : .door(refusal))
    }

    /// Whether a session is there for a caller, here or elsewhere, as far as this replica can tell.
    private func canReach(_ sessionID: String, _ caller: Caller) -> Bool {
        if let session = sessions[ticket: sessionID] { return session.caller == caller }
        guard let ticket = hops.ticket(sessionID), !isTooOld(ticket) else { return false }
        return ticket.principal == caller.principal && !sessions.hasEnded(ticket.session)
    }
}
