import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Requests of revision 2026-07-28: no sessions, so any replica serves any of them, but for the few that have to find
/// the replica where they began.
extension Gateway {
    func serveModern(_ message: ScannedMessage, _ body: ByteBuffer, _ visit: Visit) {
        let exchange = visit.exchange
        // The core protocol defines none over HTTP; nothing could be done about one.
        guard message.envelope.kind == .request else { return exchange.respond(.accepted) }
        do throws(Refusal) {
            guard visit.accepts.json, visit.accepts.eventStream else { throw .notAcceptable }
            try route(try ModernLadder.climb(message, exchange.head.headers), body, visit)
        } catch {
            exchange.refuse(error, to: message.envelope.id)
        }
    }

    private func route(_ request: ModernRequest, _ body: ByteBuffer, _ visit: Visit) throws(Refusal) {
        let isPassedOn = visit.hop != nil
        if isPassedOn {
            visit.received()
            calls.received += 1
        } else {
            calls.local += 1
        }
        if let sealed = request.requestState { return try resume(request, sealed, body, visit, isPassedOn) }
        guard request.method.hasPrefix("tasks/"), let task = request.name else {
            return serveHere(request, request.message.bytes, visit)
        }
        if let caller = tasks.caller(of: task) {
            guard caller == visit.caller else { throw .unknownTask }
            return serveHere(request, request.message.bytes, visit)
        }
        if isPassedOn { return visit.exchange.refuseHop(.absent) }
        ModernPassage.pass(request, visit, body, among: replicas.available, gateway: self) {
            self.serveHere(request, request.message.bytes, visit)
        }
    }

    /// - Parameter body: the request as the server shall see it.
    private func serveHere(_ request: ModernRequest, _ body: ByteBuffer, _ visit: Visit) {
        guard let upstream else { return modern.serve(request, body, visit) }
        let caller = visit.caller
        let mayContinue = ["tools/call", "prompts/get", "resources/read"].contains(request.method)
        upstream.relay(
            visit,
            body: body,
            request: request.id,
            isListening: request.filter != nil,
            rewrite: mayContinue ? { self.outgoing($0, to: caller) } : nil
        )
    }

    /// Goes on with a request that needed input, where it began.
    private func resume(
        _ request: ModernRequest,
        _ sealed: String,
        _ body: ByteBuffer,
        _ visit: Visit,
        _ isPassedOn: Bool
    ) throws(Refusal) {
        guard let state = configuration.keys.openState(sealed), state.principal == visit.caller.principal else {
            throw .inputExpired
        }
        let resumeHere = {
            switch state.content {
            case .waiting(let uid): self.modern.retry(uid, request, visit)
            case .server(let own): self.serveHere(request, request.restoring(own), visit)
            }
        }
        guard !isPassedOn, state.replica != "\(replicas.own)", let owner = HTTPTarget(state.replica) else {
            return resumeHere()
        }
        ModernPassage.pass(request, visit, body, among: [owner], gateway: self, otherwise: resumeHere)
    }

    /// A request state that brings its client back to this replica.
    func sealState(_ content: RequestState.Content, for caller: Caller) -> String {
        configuration.keys.seal(
            RequestState(
                replica: "\(replicas.own)",
                issuedAt: WallClock.now.seconds,
                principal: caller.principal,
                content: content
            )
        )
    }
}
