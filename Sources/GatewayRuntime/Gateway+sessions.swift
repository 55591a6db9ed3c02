import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// The three methods of the MCP endpoint (Streamable HTTP, revisions 2025-03-26 to 2025-11-25).
extension Gateway {
    func post(_ visit: Visit) {
        let (exchange, accepts) = (visit.exchange, visit.accepts)
        let headers = exchange.head.headers
        guard accepts.json || accepts.eventStream else { return exchange.refuse(.notAcceptable) }
        guard let media = headers.value("content-type"), MediaType.isValue(media, "application/json") else {
            return exchange.refuse(.notJSON)
        }
        if streamsThrough(visit) { return }
        exchange.collectBody(limit: configuration.messageLimit) { body in
            switch body {
            case .success(let bytes): self.received(bytes, visit)
            case .failure(.tooLarge(let limit)): exchange.refuse(.bodyTooLarge(limit: limit))
            case .failure(.overloaded): exchange.refuse(.overloaded)
            case .failure(.disconnected): break
            }
        }
    }

    private func received(_ body: ByteBuffer, _ visit: Visit) {
        let exchange = visit.exchange
        var id: MessageID?
        do throws(Refusal) {
            let posted = try PostedMessages(body, headers: exchange.head.headers)
            id = posted.onlyID
            visit.record.carries(posted.messages, isBatch: posted.isBatch)
            let era = try Era(of: posted, headers: exchange.head.headers)
            if era == .modern, let message = posted.messages.first {
                guard configuration.sessionRules.eras == .both else { throw .sessionsOnly }
                serveModern(message, body, visit)
            } else if let initialize = posted.initialize {
                begin(initialize, body, visit)
            } else {
                try deliver(posted, body, visit)
            }
        } catch {
            exchange.refuse(error, to: id)
        }
    }

    private func begin(_ initialize: ScannedMessage, _ body: ByteBuffer, _ visit: Visit) {
        if isDraining, let peer = beginningPeer(for: visit) { return passInitialize(visit, body, to: peer) }
        if let refusal = makeRoomForSession() ?? makeRoomForServer() {
            return visit.exchange.refuse(refusal, to: initialize.envelope.id)
        }
        calls.local += 1
        let parameters = initialize.parameters ?? Array("{}".utf8)
        let session = newSession(of: visit.caller, initializeParameters: parameters)
        sessions.add(session)
        visit.record.session = session.uid
        session.begin(initialize, visit)
    }

    private func deliver(_ posted: PostedMessages, _ body: ByteBuffer, _ visit: Visit) throws(Refusal) {
        try reach(visit, body: body, requests: posted.requests) { session in session.receive(posted, visit) }
    }

    func listen(_ visit: Visit) {
        guard visit.accepts.eventStream else { return visit.exchange.refuse(.notAcceptable) }
        reachWithoutBody(visit) { session in session.listen(visit) }
    }

    func delete(_ visit: Visit) {
        reachWithoutBody(visit) { session in
            session.end("The client ended the session.")
            self.announceEnd(of: session)
            visit.exchange.respond(.noContent)
        }
    }

    private func reachWithoutBody(_ visit: Visit, _ serve: @escaping (any Session) -> Void) {
        visit.exchange.discardBody()
        do throws(Refusal) {
            try reach(visit, body: ByteBuffer(), requests: [], serve)
        } catch {
            visit.exchange.refuse(error)
        }
    }

    /// Brings a request to its session: here, or through the replica that has it.
    private func reach(
        _ visit: Visit,
        body: ByteBuffer,
        requests: [MessageID],
        _ serve: @escaping (any Session) -> Void
    ) throws(Refusal) {
        let exchange = visit.exchange
        guard let sessionID = exchange.head.headers.value("mcp-session-id") else { throw .missingSession }
        let hop = visit.hop
        if hop != nil { visit.received() }
        if let session = sessions[ticket: sessionID] {
            visit.record.session = session.uid
            if hop == nil { calls.local += requests.count } else { calls.received += requests.count }
            guard session.caller == visit.caller else { throw .unknownSession }
            return serve(session)
        }
        guard let ticket = hops.ticket(sessionID), !isTooOld(ticket) else { throw .unknownSession }
        visit.record.session = ticket.session
        guard ticket.principal == visit.caller.principal else { throw .unknownSession }
        guard !sessions.hasEnded(ticket.session) else { throw .unknownSession }
        switch hop {
        case nil:
            PassedRequest.pass(visit, sessionID, ticket, body: body, requests: requests, gateway: self) { session in
                self.calls.local += requests.count
                serve(session)
            }
        case .find: exchange.refuseHop(isDraining ? .draining : .absent)
        case .take where isDraining: exchange.refuseHop(.draining)
        case .take:
            calls.received += requests.count
            serve(try resume(ticket, sessionID).get())
        }
    }

    /// Resumes a session from its ticket: a new server process, with the client's own `initialize` replayed to it.
    func resume(_ ticket: SessionTicket, _ sealed: String) -> Result<any Session, Refusal> {
        guard !sessions.hasEnded(ticket.session), let parameters = ticket.initializeParameters else {
            return .failure(.unknownSession)
        }
        guard mayResume(ticket) else { return .failure(.unknownSession) }
        if let refusal = makeRoomForSession() { return .failure(refusal) }
        let session = resumedSession(ticket, sealed, initializeParameters: parameters)
        sessions.add(session)
        taken.took(session.uid, at: WallClock.milliseconds)
        calls.resumed += 1
        return .success(session)
    }

    func isTooOld(_ ticket: SessionTicket) -> Bool {
        WallClock.now.seconds > ticket.issuedAt + configuration.sessionAgeInSeconds
    }
}
