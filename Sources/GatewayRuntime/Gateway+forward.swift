import HTTPTransport
import Logging
import MCPWire
import NIOCore
import NIOHTTP1

/// Passing a request on to the replica that owns its session.
extension Gateway {
    /// Proof of the hop, between replicas only; a client's own is worth nothing without the fleet's key.
    private static let hopField = "slipway-hop"

    /// Whether a peer passed this request on.
    func isHop(_ exchange: HTTPExchange, _ sessionID: String) -> Bool {
        guard let proof = exchange.head.headers.first(name: Self.hopField) else { return false }
        return configuration.keys.isHopProof(proof, session: sessionID, now: WallClock.now.seconds)
    }

    /// Passes the exchange to the owner, streams and all. `requests`: the ids that must get an answer.
    func forward(
        _ exchange: HTTPExchange,
        _ sessionID: String,
        to owner: HTTPTarget,
        body: ByteBuffer,
        requests: [MessageID]
    ) {
        var head = exchange.head
        head.headers.replaceOrAdd(
            name: Self.hopField,
            value: configuration.keys.hopProof(session: sessionID, now: WallClock.now.seconds)
        )
        head.headers.replaceOrAdd(name: "content-length", value: "\(body.readableBytes)")
        let log = log
        HTTPRelay.start(exchange, as: head, body: .collected(body), to: owner, over: pool) { failure in
            log.warning("the owner of a session did not answer", metadata: ["owner": "\(owner)"])
            exchange.ownerFailed(failure, requests)
        }
    }
}

extension HTTPExchange {
    /// Answers for an owner that could not. A session that can't be had is exactly 404, so that clients begin a new
    /// one; a call that may have been carried out gets one error of its own, whatever was already sent.
    fileprivate func ownerFailed(_ failure: HTTPCallFailure, _ requests: [MessageID]) {
        if case .unreachable = failure { return refuse(.unknownSession, to: requests.first) }
        let error = JSONRPCError(
            code: JSONRPCError.internalError,
            message: "The replica that ran this call is gone; whether it was carried out is not known."
        )
        guard let only = requests.first else { return hasResponse ? finish() : refuse(.unknownSession) }
        if !hasResponse, requests.count == 1 {
            return respond(.ok, ["content-type": "application/json"], body: error.response(to: only))
        }
        // The owner's response has begun. An event stream can still be ended in words; a cut JSON body can't.
        guard isEventStream else { return abort() }
        for request in requests { write(ServerSentEvent.message(error.response(to: request))) }
        finish()
    }

    /// Refuses the request in words; `id` is the request's, where it is known.
    func refuse(_ refusal: Refusal, to id: MessageID? = nil) {
        discardBody()
        var headers = refusal.headers
        headers.add(name: "content-type", value: "application/json")
        respond(refusal.status, headers, body: refusal.error.response(to: id))
    }
}
