import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// A modern request, served by a modern stdio server: bytes pass through, and a client that leaves cancels
/// (MCP 2026-07-28, Streamable HTTP, "Cancellation").
final class NativeCall: ModernCall {
    private static let acknowledgement = MessageEnvelope.Method.other("notifications/subscriptions/acknowledged")

    let request: ModernRequest
    private let visit: Visit
    private unowned let gateway: Gateway
    private let onEnd: (NativeCall) -> Void
    private var response: PostResponse?
    private var connection: (any ServerConnection)?
    /// What the server said that this stream carries, where it is one.
    private var carried: SubscriptionFilter?

    /// - Parameter onEnd: hears, once, that nothing follows.
    init(_ request: ModernRequest, _ visit: Visit, gateway: Gateway, onEnd: @escaping (NativeCall) -> Void) {
        self.request = request
        self.visit = visit
        self.gateway = gateway
        self.onEnd = onEnd
        response = PostResponse(visit)
        visit.exchange.onDisconnect = { [weak self] in self?.clientLeft() }
    }

    /// - Parameter body: the request as the server shall see it.
    func begin(_ body: ByteBuffer, over connection: any ServerConnection) {
        self.connection = connection
        var line = body
        line.writeStaticString("\n")
        connection.send(line)
    }

    func keepAlive(after interval: TimeAmount, now: NIODeadline) { response?.keepAlive(after: interval, now: now) }

    /// Ends a `subscriptions/listen` stream with its result, as a server does that shuts down.
    func endListening() {
        guard request.filter != nil else { return }
        answer(SubscriptionFilter.ending(of: request.id), .ok)
    }

    /// Tells a stream that carries it of a change on another replica.
    func tell(_ change: ServerChange) {
        guard let carried, change.concerns(carried) else { return }
        response?.push(change.named(after: request.id))
    }

    private func acknowledged(_ message: ScannedMessage) {
        let text = message.bytes
        let params = message.envelope.params.flatMap { JSONObject(in: text, at: $0.lowerBound) }
        carried = SubscriptionFilter(params?.object("notifications", in: text), in: text)
    }

    private func answer(_ message: ByteBuffer, _ status: HTTPResponseStatus) {
        visit.exchange.onDisconnect = nil
        response?.answer(message, isLast: true, status: status)
        end()
    }

    private func clientLeft() { end() }

    private func end() {
        guard response != nil else { return }
        response = nil
        connection?.stop()
        connection = nil
        onEnd(self)
    }

    private func fail(_ words: String) {
        visit.record.failed()
        let error = JSONRPCError(code: JSONRPCError.internalError, message: words)
        answer(error.response(to: request.id), .ok)
    }
}

extension NativeCall: ChildObserver {
    func childWrote(_ line: LineSplitter.Line) {
        guard case .whole(let bytes) = line else {
            return fail("The MCP server answered with a line over the message limit.")
        }
        do throws(MessageScanner.Refusal) {
            childSent(try ScannedMessage(scanning: bytes))
        } catch {
            // The shared server has noted it.
        }
    }

    func childSent(_ message: ScannedMessage) {
        connection?.answered()
        switch message.envelope.kind {
        case .response:
            visit.record.answered(message.envelope)
            let status = ModernStatus.of(message.bytes, isError: message.envelope.isError)
            answer(gateway.outgoing(message, to: visit.caller), status)
        case .notification:
            if request.filter != nil, message.envelope.method == Self.acknowledgement { acknowledged(message) }
            response?.push(message.bytes)
        // This revision has no requests of the server.
        case .request: break
        }
    }

    func childComplained(_ line: ByteBuffer) {}

    func childEnded(_ reason: String) { fail("The MCP server stopped before it answered: \(reason).") }
}
