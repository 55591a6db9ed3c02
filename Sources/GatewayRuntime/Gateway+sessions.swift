import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// The three methods of the MCP endpoint (Streamable HTTP, revisions 2025-03-26 to 2025-11-25).
extension Gateway {
    func post(_ exchange: HTTPExchange) {
        let headers = exchange.head.headers
        let accepts = AcceptedMedia(headers)
        guard accepts.json || accepts.eventStream else { return exchange.refuse(.notAcceptable) }
        let media = headers.first(name: "content-type")?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard media == "application/json" else { return exchange.refuse(.notJSON) }
        exchange.collectBody(limit: configuration.messageLimit) { body in
            switch body {
            case .success(let bytes): self.received(bytes, exchange, accepts)
            case .failure(.tooLarge(let limit)): exchange.refuse(.bodyTooLarge(limit: limit))
            case .failure(.overloaded): exchange.refuse(.overloaded)
            case .failure(.disconnected): break
            }
        }
    }

    private func received(_ body: ByteBuffer, _ exchange: HTTPExchange, _ accepts: AcceptedMedia) {
        do throws(Refusal) {
            let posted = try PostedMessages(body, headers: exchange.head.headers)
            if let initialize = posted.initialize {
                begin(initialize, body, exchange, accepts)
            } else {
                try deliver(posted, body, exchange, accepts)
            }
        } catch {
            exchange.refuse(error)
        }
    }

    private func begin(
        _ initialize: ScannedMessage,
        _ body: ByteBuffer,
        _ exchange: HTTPExchange,
        _ accepts: AcceptedMedia
    ) {
        if isDraining, let peer = beginningPeer(for: exchange) { return passInitialize(exchange, body, to: peer) }
        guard sessions.count < configuration.sessionLimit else { return exchange.refuse(.tooManySessions) }
        calls.local += 1
        let session = Session(initializeParameters: initialize.parameters ?? Array("{}".utf8), gateway: self)
        sessions.add(session)
        session.begin(initialize, PostResponse(exchange, accepts: accepts, waitsForAnswer: true))
    }

    private func deliver(
        _ posted: PostedMessages,
        _ body: ByteBuffer,
        _ exchange: HTTPExchange,
        _ accepts: AcceptedMedia
    ) throws(Refusal) {
        try reach(exchange, body: body, requests: posted.requests) { session in
            let response = PostResponse(exchange, accepts: accepts, isBatch: posted.isBatch)
            session.receive(posted.messages, response)
        }
    }

    func listen(_ exchange: HTTPExchange) {
        guard AcceptedMedia(exchange.head.headers).eventStream else { return exchange.refuse(.notAcceptable) }
        reachWithoutBody(exchange) { session in session.listen(on: exchange) }
    }

    func delete(_ exchange: HTTPExchange) {
        reachWithoutBody(exchange) { session in
            session.end("The client ended the session.")
            self.announceEnd(of: session)
            exchange.respond(.noContent)
        }
    }

    private func reachWithoutBody(_ exchange: HTTPExchange, _ serve: @escaping (Session) -> Void) {
        exchange.discardBody()
        do throws(Refusal) {
            try reach(exchange, body: ByteBuffer(), requests: [], serve)
        } catch {
            exchange.refuse(error)
        }
    }

    /// Brings a request to its session: here, or through the replica that has it.
    private func reach(
        _ exchange: HTTPExchange,
        body: ByteBuffer,
        requests: [MessageID],
        _ serve: @escaping (Session) -> Void
    ) throws(Refusal) {
        guard let sessionID = exchange.head.headers.first(name: "mcp-session-id") else { throw .missingSession }
        let hop = hopIntent(of: exchange, sessionID)
        if let session = sessions[ticket: sessionID] {
            if hop == nil { calls.local += requests.count } else { calls.received += requests.count }
            return serve(session)
        }
        guard let ticket = configuration.keys.open(sessionID), !isTooOld(ticket) else { throw .unknownSession }
        guard !sessions.hasEnded(ticket.session) else { throw .unknownSession }
        switch hop {
        case nil:
            PassedRequest.pass(exchange, sessionID, ticket, body: body, requests: requests, gateway: self) { session in
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
    func resume(_ ticket: SessionTicket, _ sealed: String) -> Result<Session, Refusal> {
        guard !sessions.hasEnded(ticket.session), let parameters = ticket.initializeParameters else {
            return .failure(.unknownSession)
        }
        guard sessions.count < configuration.sessionLimit else { return .failure(.tooManySessions) }
        let session = Session(resuming: ticket, sealed: sealed, initializeParameters: parameters, gateway: self)
        sessions.add(session)
        calls.resumed += 1
        return .success(session)
    }

    private func isTooOld(_ ticket: SessionTicket) -> Bool {
        WallClock.now.seconds > ticket.issuedAt + configuration.sessionAgeInSeconds
    }
}
