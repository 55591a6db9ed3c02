import HTTPTransport
import MCPWire
import NIOCore

extension HTTPUpstream {
    /// Relays one POST that needs no session (MCP 2026-07-28) to the server: header fields and body as the client sent
    /// them, but for those that `UpstreamFields` withholds. A client that leaves cancels it; a quiet stream gets
    /// comments; a server that can't be reached or breaks off leaves a JSON-RPC error with the request's id.
    ///
    /// - Parameters:
    ///   - body: the whole body; the visit's exchange must not be answered by anybody else from now on.
    ///   - request: the id that must get an answer; `nil` for a notification.
    ///   - rewrite: sees each message of the answer before the client does, and may replace it; `nil` leaves it as it
    ///     is. A JSON answer is gathered for it, so give none where nothing needs to be seen.
    ///   - isListening: whether the answer is a stream without an end of its own (`subscriptions/listen`), which
    ///     `endListening` ends.
    ///   - ended: nothing follows.
    /// - Returns: the relay, which ends the stream early with messages of the gateway's own: `finish(with:)`.
    @discardableResult
    func relay(
        _ visit: Visit,
        body: ByteBuffer,
        request: MessageID?,
        isListening: Bool = false,
        rewrite: ((ByteBuffer) -> ByteBuffer?)? = nil,
        ended: ((UpstreamRelay) -> Void)? = nil
    ) -> UpstreamRelay {
        let relay = UpstreamRelay(
            visit,
            body: .collected(body),
            requests: request.map { [$0] } ?? [],
            over: self,
            hooks: UpstreamHooks(rewrite: rewrite, ended: ended)
        )
        if isListening { relay.subscription = request }
        relay.send(session: nil)
        return relay
    }

    /// Ends the streams that have no end of their own with their result, as a server does that shuts down (MCP
    /// 2026-07-28, patterns/subscriptions).
    func endListening() {
        for relay in Array(relays.values) {
            guard let id = relay.subscription else { continue }
            relay.finish(with: [SubscriptionFilter.ending(of: id)])
        }
    }
}
