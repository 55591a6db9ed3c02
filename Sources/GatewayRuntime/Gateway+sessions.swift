import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// The three methods of the MCP endpoint (Streamable HTTP, revisions 2025-03-26 to 2025-11-25).
extension Gateway {
    /// Where a session is to be had.
    private enum Whereabouts {
        case here(Session)
        case elsewhere(HTTPTarget)
        case nowhere(Refusal)
    }

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
            case .failure(.disconnected): break
            }
        }
    }

    private func received(_ body: ByteBuffer, _ exchange: HTTPExchange, _ accepts: AcceptedMedia) {
        do throws(Refusal) {
            let posted = try PostedMessages(body, headers: exchange.head.headers)
            if let initialize = posted.initialize {
                begin(initialize, exchange, accepts)
            } else {
                try deliver(posted, body, exchange, accepts)
            }
        } catch {
            exchange.refuse(error)
        }
    }

    private func begin(_ initialize: ScannedMessage, _ exchange: HTTPExchange, _ accepts: AcceptedMedia) {
        guard sessions.count < configuration.sessionLimit else { return exchange.refuse(.tooManySessions) }
        calls.local += 1
        let session = Session(initializeParameters: initialize.parameters ?? Array("{}".utf8), gateway: self)
        sessions.add(session)
        session.begin(initialize, PostResponse(exchange, accepts: accepts, isBatch: false))
    }

    private func deliver(
        _ posted: PostedMessages,
        _ body: ByteBuffer,
        _ exchange: HTTPExchange,
        _ accepts: AcceptedMedia
    ) throws(Refusal) {
        let sessionID = try Self.sessionID(exchange)
        let isHop = isHop(exchange, sessionID)
        switch locate(sessionID, isHop: isHop) {
        case .here(let session):
            if isHop { calls.received += posted.requestCount } else { calls.local += posted.requestCount }
            let response = PostResponse(exchange, accepts: accepts, isBatch: posted.isBatch)
            session.receive(posted.messages, response)
        case .elsewhere(let owner):
            calls.forwarded += posted.requestCount
            forward(exchange, sessionID, to: owner, body: body, requests: posted.requests)
        case .nowhere(let refusal): exchange.refuse(refusal, to: posted.requests.first)
        }
    }

    func listen(_ exchange: HTTPExchange) {
        guard AcceptedMedia(exchange.head.headers).eventStream else { return exchange.refuse(.notAcceptable) }
        reach(exchange) { session in session.listen(on: exchange) }
    }

    func delete(_ exchange: HTTPExchange) {
        reach(exchange) { session in
            session.end("The client ended the session.")
            exchange.respond(.noContent)
        }
    }

    /// Brings a request without a body to its session, here or at the owner's.
    private func reach(_ exchange: HTTPExchange, _ action: (Session) -> Void) {
        exchange.discardBody()
        do throws(Refusal) {
            let sessionID = try Self.sessionID(exchange)
            switch locate(sessionID, isHop: isHop(exchange, sessionID)) {
            case .here(let session): action(session)
            case .elsewhere(let owner): forward(exchange, sessionID, to: owner, body: ByteBuffer(), requests: [])
            case .nowhere(let refusal): exchange.refuse(refusal)
            }
        } catch {
            exchange.refuse(error)
        }
    }

    private static func sessionID(_ exchange: HTTPExchange) throws(Refusal) -> String {
        guard let id = exchange.head.headers.first(name: "mcp-session-id") else { throw .missingSession }
        return id
    }

    private func locate(_ sessionID: String, isHop: Bool) -> Whereabouts {
        if let session = sessions[ticket: sessionID] { return .here(session) }
        guard let ticket = configuration.keys.open(sessionID), !isTooOld(ticket) else {
            return .nowhere(.unknownSession)
        }
        guard ticket.owner == replica else {
            // One hop is all a ticket ever asks for; a second would be two replicas disagreeing on their names.
            guard !isHop, let owner = HTTPTarget(ticket.owner) else { return .nowhere(.unknownSession) }
            return .elsewhere(owner)
        }
        return resume(ticket, sessionID)
    }

    /// A session of this replica's address that this process does not know: an earlier process began it, or it
    /// rested. Its ticket brings it back, unless it was ended.
    private func resume(_ ticket: SessionTicket, _ sealed: String) -> Whereabouts {
        guard !sessions.hasEnded(ticket.session), let parameters = ticket.initializeParameters else {
            return .nowhere(.unknownSession)
        }
        guard sessions.count < configuration.sessionLimit else { return .nowhere(.tooManySessions) }
        let session = Session(resuming: ticket, sealed: sealed, initializeParameters: parameters, gateway: self)
        sessions.add(session)
        return .here(session)
    }

    private func isTooOld(_ ticket: SessionTicket) -> Bool {
        WallClock.now.seconds > ticket.issuedAt + configuration.sessionAgeInSeconds
    }
}
