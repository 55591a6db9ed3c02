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
        guard let sealed = request.requestState else { return modern.serve(request, visit) }
        guard let state = configuration.keys.openState(sealed), state.principal == visit.caller.principal else {
            throw .inputExpired
        }
        switch state.content {
        case .waiting(let uid) where state.replica == "\(replicas.own)": modern.bridge.retry(uid, request, visit)
        case .waiting:
            guard visit.hop == nil, let owner = HTTPTarget(state.replica) else {
                throw .inputExpired
            }
            passModern(request, body, visit, to: owner)
        case .server: modern.serve(request, visit)
        }
    }

    private func passModern(_ request: ModernRequest, _ body: ByteBuffer, _ visit: Visit, to peer: HTTPTarget) {
        let exchange = visit.exchange
        let head = hopHead(visit, "", .find)
        HTTPRelay.start(exchange, as: head, body: .collected(body), to: peer, over: pool) { failure in
            guard case .call(.broken) = failure else { return exchange.refuse(.inputExpired, to: request.id) }
            exchange.endBroken([request.id])
        }
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
