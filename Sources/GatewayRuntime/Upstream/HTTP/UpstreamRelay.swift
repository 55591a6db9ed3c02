import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// One request on its way to the HTTP server beside the gateway, and the answer on its way back, byte for byte, each
/// side paused while the other does not keep up.
///
/// What it adds: comments in event streams that are quiet; an event stream around an answer that takes long, where the
/// client takes one; and a JSON-RPC error for every request that the server leaves without an answer. A client that
/// leaves takes its call with it: the connection to the server is closed, which means to the server what it means to
/// the gateway (legacy: nothing; MCP 2026-07-28: cancelled).
final class UpstreamRelay {
    /// Where the request's body comes from.
    enum Body {
        case collected(ByteBuffer)
        /// From the client, as it arrives: it can be sent once only.
        case streamed
    }

    /// What the answer's head said is to be done with its body.
    enum Form {
        /// There is no head yet.
        case awaited
        case gathering
        case passing
        case refused(Refused)
        case over
    }

    /// Answers that are not for the client.
    enum Refused { case forgotten, conflicted, denied }

    let exchange: HTTPExchange
    let upstream: HTTPUpstream
    let hooks: UpstreamHooks
    /// The ids that must get an answer, as far as they are known.
    private let knownRequests: [MessageID]
    private let accepts: AcceptedMedia
    private let body: Body
    let began = NIODeadline.now()
    /// The server's id for the session that the request was last sent with.
    private(set) var session: String?
    private var glimpse = BodyGlimpse()
    var conflicts = 0
    /// The id of the `subscriptions/listen` that this is.
    var subscription: MessageID?
    /// The request was sent anew in another session of the server's.
    var isSentAgain = false
    /// Fields of the client's request that are not passed on this time.
    var withheld: [String] = []
    var call: HTTPCall?
    var form = Form.awaited
    var answer: HTTPResponseHead?
    var gathered = ByteBuffer()
    var events: ServerEvents?
    /// The messages of an answer that comes line by line.
    var lines: LineSplitter?
    /// The request's answer was among them.
    var hasAnswered = false
    var boundary = EventBoundary()
    var lastEvents = LastEvents()
    /// The id of the last event of a GET stream: where its client would come back to.
    var lastID: String?
    /// Something of the event stream went to the client.
    var hasWritten = false
    var lastWrite = NIODeadline.now()
    /// The client got the head of an event stream before the server said anything.
    var isCommitted = false

    /// - Parameter requests: the ids that must get an answer; empty where there is none, or the body is streamed.
    init(
        _ visit: Visit,
        body: Body,
        requests: [MessageID],
        over upstream: HTTPUpstream,
        hooks: UpstreamHooks
    ) {
        exchange = visit.exchange
        accepts = visit.accepts
        self.body = body
        knownRequests = requests
        self.upstream = upstream
        self.hooks = hooks
        upstream.add(self)
        exchange.onDisconnect = { [weak self] in self?.clientLeft() }
        exchange.onWritable = { [weak self] in self?.call?.setResponsePaused(false) }
    }

    var isOver: Bool { if case .over = form { true } else { false } }
    var isListener: Bool { exchange.head.method == .GET }
    var isStreamed: Bool { if case .streamed = body { true } else { false } }
    /// Bytes of the request that are held here.
    var bodyBytes: Int { if case .collected(let bytes) = body { bytes.readableBytes } else { 0 } }
    /// Whether somebody waits for an answer.
    var isCall: Bool { isStreamed || !knownRequests.isEmpty }

    /// Sends the request, or sends it again where the server did not act on it.
    /// - Parameter session: the server's id for the session; `nil` or empty where there is none.
    func send(session: String?) {
        guard !isOver else { return }
        self.session = session
        form = .awaited
        var head = HTTPRequestHead(version: .http1_1, method: exchange.head.method, uri: upstream.address.uri)
        head.headers = UpstreamFields.request(
            exchange.head.headers,
            to: upstream.address,
            session: session,
            credential: upstream.credential
        )
        for name in withheld { head.headers.remove(name: name) }
        switch body {
        case .collected(let bytes):
            if !isListener { head.headers.add(name: "content-length", value: String(bytes.readableBytes)) }
            call = upstream.pool.call(head, body: bytes, to: upstream.address.target, receiver: self)
        case .streamed:
            let length = exchange.head.headers.value("content-length")
            if let length { head.headers.add(name: "content-length", value: length) }
            call = upstream.pool.call(head, to: upstream.address.target, receiver: self)
            exchange.streamBody(to: self)
        }
    }

    /// Goes on with a GET stream in another session of the server's, whatever came of the one before.
    func reopen(session: String?) {
        guard !isOver, session != self.session else { return }
        call?.cancel()
        call = nil
        if exchange.hasResponse {
            if !boundary.isReached { exchange.write(ByteBuffer(string: "\nevent: cut\n\n")) }
            boundary = EventBoundary()
            isCommitted = true
        }
        withheld = ["last-event-id"]
        send(session: session)
    }

    /// Ends the request with one error for each of its ids.
    func fail(_ words: String) {
        guard !isOver else { return }
        (exchange.observer as? Visit)?.record.failed()
        let error = JSONRPCError(code: JSONRPCError.internalError, message: words)
        let isBetweenEvents = boundary.isReached
        let unanswered: [MessageID?] = isStreamed ? [glimpse.request] : knownRequests
        end { $0.endInWords(unanswered, error, isBetweenEvents) }
    }

    /// Completes an event stream that the server is still writing, with last messages of the gateway's own.
    func finish(with messages: [ByteBuffer] = []) {
        guard !isOver else { return }
        let isBetweenEvents = boundary.isReached
        end {
            if isListener, !$0.hasResponse { $0.start(.ok, EventStream.fields) }
            $0.finishStream(with: messages, isBetweenEvents)
        }
    }

    /// Nothing follows: gives the call up, where there is one, and lets `finish` complete what the client has.
    func end(_ finish: (HTTPExchange) -> Void) {
        guard !isOver else { return }
        form = .over
        exchange.onDisconnect = nil
        exchange.onWritable = nil
        call?.cancel()
        call = nil
        (gathered, events, lines) = (ByteBuffer(), nil, nil)
        finish(exchange)
        upstream.forget(self)
        hooks.ended?(self)
    }

    private func clientLeft() { end { _ in } }
}

/// Keeping the client and the proxies between from giving up.
extension UpstreamRelay {
    /// Writes a comment where nothing was written for `interval`; an answer that takes as long becomes an event stream.
    func keepAlive(after interval: TimeAmount, now: NIODeadline) {
        let isUntouched = exchange.isEventStream && !hasWritten
        guard isUntouched || now - lastWrite >= interval else { return }
        switch form {
        case .over: return
        case .awaited, .gathering, .refused: isCommitted ? comment() : commit()
        case .passing: comment()
        }
    }

    /// Whether the client takes an event stream in place of an answer of another form.
    var takesEvents: Bool { accepts.eventStream && hooks.established == nil }

    /// Begins an event stream before the server said anything.
    func commit() {
        guard takesEvents, isListener || isCall, !exchange.hasResponse else { return }
        isCommitted = true
        exchange.start(.ok, EventStream.fields)
        comment()
    }

    func comment() {
        guard exchange.isEventStream, isUncoded, boundary.isReached else { return }
        lastWrite = .now()
        hasWritten = true
        exchange.write(ServerSentEvent.keepAlive)
        exchange.flush()
    }

    /// Whether the bytes of the answer are its text, and not a compression of it.
    var isUncoded: Bool { answer?.headers.contains(name: "content-encoding") != true }
}

/// The request's body, passed on as it arrives.
extension UpstreamRelay: BodyReceiver {
    func bodyReceived(_ piece: ByteBuffer) {
        glimpse.follow(piece)
        guard let call else { return }
        call.send(piece)
        if !call.isWritable { exchange.setBodyPaused(true) }
    }

    func bodyEnded() {
        if glimpse.request != nil { (exchange.observer as? Visit)?.record.calls = 1 }
        call?.endRequest()
    }

    func bodyFailed() { end { _ in } }
}
