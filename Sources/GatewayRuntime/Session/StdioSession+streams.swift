import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// The client's streams coming, breaking and coming back (MCP 2025-11-25, Resumability and Redelivery).
///
/// A stream is found by the id of an event that was written to it, within the session whose ticket the client holds.
/// So an id leads to nothing but what its bearer was sent before: one of another session is refused like one that no
/// server gave.
extension StdioSession {
    func listen(_ visit: Visit) {
        touch()
        let exchange = visit.exchange
        guard let named = exchange.head.headers.value("last-event-id") else {
            openListener(on: exchange, after: nil)
            return visit.forgetFields()
        }
        guard let last = EventID(named), record.isOwn(last) else { return exchange.refuse(.unknownEvent) }
        guard last.stream == EventID.listener else { return resume(last, on: exchange) }
        // An id of an earlier record has nothing to be replayed; its client still wants to listen.
        openListener(on: exchange, after: last.record == record.name ? last : nil)
    }

    /// What the stream of a POST, or the GET stream, is kept as.
    func recordedStream(_ number: PostID, answering request: MessageID? = nil) -> RecordedStream {
        RecordedStream(
            record: record,
            number: UInt32(truncatingIfNeeded: number),
            request: request,
            isPrimed: revision?.readsPriming ?? false
        )
    }

    private func openListener(on exchange: HTTPExchange, after last: EventID?) {
        listener?.stream.finish()
        let recorded = recordedStream(PostID(EventID.listener))
        listener = (exchange, EventStream(on: exchange, recorded: recorded, after: last))
        exchange.onDisconnect = { [weak self] in self?.listenerLeft(exchange) }
        perform(machine.listenerOpened())
    }

    private func listenerLeft(_ exchange: HTTPExchange) {
        guard listener?.exchange === exchange else { return }
        listener = nil
        machine.listenerClosed()
    }

    /// Goes on with a POST's stream, or sends what is left of it.
    private func resume(_ last: EventID, on exchange: HTTPExchange) {
        let post = PostID(last.stream)
        guard last.record == record.name, let response = posts[post], response.resumable != nil else {
            return sendRest(after: last, on: exchange)
        }
        response.attach(to: exchange, after: last)
        watch(exchange, of: post)
        machine.postAttached(post)
    }

    /// A stream that ends without an answer would have its client come back for ever; one whose end is no longer kept
    /// ends in words.
    private func sendRest(after last: EventID, on exchange: HTTPExchange) {
        let hasLast = record.events(after: last).hasLast
        let stream = EventStream(on: exchange, recorded: recordedStream(PostID(last.stream)), after: last)
        if !hasLast {
            let error = JSONRPCError(
                code: JSONRPCError.internalError,
                message: "The answer to this call is no longer kept; whether the call was carried out is not known."
            )
            stream.sendUnrecorded(error.response(to: last.request))
        }
        stream.finish()
    }

    /// Notices when the client leaves a POST.
    func watch(_ exchange: HTTPExchange, of post: PostID) {
        exchange.onDisconnect = { [weak self] in self?.left(post) }
    }

    private func left(_ post: PostID) {
        guard let response = posts[post], response.resumable != nil else { return closed(post) }
        response.detach(now: .now())
        machine.postDetached(post)
    }

    private func closed(_ post: PostID) {
        posts[post] = nil
        perform(machine.postClosed(post))
    }

    /// Gives up what no client came back for.
    func forgetLeftStreams(now: NIODeadline) {
        for (post, response) in posts {
            if let leftAt = response.leftAt, now - leftAt > EventRecord.memory { closed(post) }
        }
        record.expire(now: now)
    }
}
