import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// The server's answer, piece by piece.
extension UpstreamRelay: HTTPCallReceiver {
    /// An answer up to this size is sent in one write once it is whole, and can still become an error until then.
    static let smallAnswer = 64 * 1024
    /// How often a GET stream is asked for that the server believes to be open: it has to notice that the one before
    /// was closed.
    private static let mostConflicts = 20

    func responseStarted(_ head: HTTPResponseHead) {
        upstream.answered()
        answer = head
        form = form(for: head)
        guard case .passing = form else { return }
        if hooks.rewrite != nil { events = ServerEvents() }
        if !isCommitted { exchange.start(head.status, UpstreamFields.response(head.headers)) }
    }

    static let noAnswer = "The MCP server ended the stream without an answer."

    private func form(for head: HTTPResponseHead) -> Form {
        if head.status == .notFound, hooks.forgotten != nil, session?.isEmpty == false { return .refused(.forgotten) }
        if head.status == .conflict, isListener, conflicts < Self.mostConflicts { return .refused(.conflicted) }
        let isChallenge = head.headers.contains(name: "www-authenticate")
        if head.status == .unauthorized || head.status == .forbidden && isChallenge { return .refused(.denied) }
        let isStream = head.status == .ok && head.isEventStream
        if isStream { return hooks.established == nil ? .passing : .gathering }
        let length = head.headers.value("content-length").flatMap { Int($0) } ?? 0
        return length > Self.smallAnswer && !mustGather ? .passing : .gathering
    }

    /// Whether nothing of the answer may pass before all of it is there.
    private var mustGather: Bool { isCommitted || hooks.established != nil || hooks.rewrite != nil }

    func responseReceived(_ piece: ByteBuffer) {
        switch form {
        case .gathering: gather(piece)
        case .passing: pass(piece)
        case .awaited, .refused, .over: break
        }
    }

    private func pass(_ piece: ByteBuffer) {
        if lines != nil { return passLines(piece) }
        guard exchange.isEventStream else { return write(piece) }
        lastWrite = .now()
        hasWritten = true
        guard events != nil else {
            if isCall || isListener { lastEvents.follow(piece, afterWholeEvent: boundary.isReached) }
            boundary.follow(piece)
            if isListener, boundary.isReached { rememberLast() }
            return write(piece)
        }
        events?.append(piece)
        while let event = events?.next() {
            if event.data != nil { lastEvents.follow(event.bytes, afterWholeEvent: true) }
            let replaced = event.data.flatMap { hooks.rewrite?($0) }
            write(replaced.map { ServerEvents.replacing(dataOf: event, with: $0) } ?? event.bytes)
        }
        if let held = events?.unfinishedBytes, held > upstream.messageLimit { fail(tooLong) }
    }

    /// Keeps the id of a GET stream's last event, and none of its bytes: the stream may be silent for hours.
    private func rememberLast() {
        lastID = lastEvents.id ?? lastID
        lastEvents = LastEvents()
    }

    private func write(_ piece: ByteBuffer) {
        exchange.write(piece)
        if !exchange.isWritable { call?.setResponsePaused(true) }
    }

    private func gather(_ piece: ByteBuffer) {
        if gathered.readableBytes == 0 { gathered = piece } else { gathered.writeImmutableBuffer(piece) }
        if hooks.established != nil, answer?.isEventStream == true,
            let message = ScannedMessage.response(inEvents: gathered)
        {
            return begin(message)
        }
        if isLineByLine { return beginLines() }
        guard gathered.readableBytes > (mustGather ? upstream.messageLimit : Self.smallAnswer) else { return }
        guard !mustGather, let answer else { return fail(tooLong) }
        form = .passing
        exchange.start(answer.status, UpstreamFields.response(answer.headers))
        write(gathered)
        gathered = ByteBuffer()
    }

    var tooLong: String {
        "The MCP server's answer is longer than the gateway's limit of \(upstream.messageLimit) bytes for one message."
    }

    func responseCaughtUp() {
        guard case .passing = form else { return }
        if hasWritten || !exchange.isEventStream { return exchange.flush() }
        // Some proxies hold the response's head back until its first byte. A call's is about to come, or `keepAlive`
        // writes one; a GET stream may be silent for long.
        if isListener { comment() }
    }

    func responseEnded() {
        call = nil
        switch form {
        case .refused(let reason): refused(reason)
        case .gathering: deliver()
        case .passing where lines != nil: finishLines()
        case .passing:
            if let rest = events?.finish() { exchange.write(rest) }
            // A stream that ends without the answer, and without an event to resume it from, leaves its client waiting.
            let needsAnswer = isCall && subscription == nil && exchange.isEventStream && isUncoded
            if needsAnswer, !lastEvents.mayBeComplete { return fail(Self.noAnswer) }
            end { $0.finish() }
        case .awaited, .over: break
        }
    }

    func responseFailed(_ failure: HTTPCallFailure) {
        call = nil
        switch (failure, form) {
        case (_, .refused(let reason)): refused(reason)
        case (.unreachable(let words), _):
            upstream.failed(words)
            wait(words)
        case (.broken, _):
            upstream.brokeOff()
            fail("The MCP server broke off before it answered; whether it ran the call is not known.")
        }
    }

    func requestWritable() { exchange.setBodyPaused(false) }
}

/// Answers that are whole, and answers that are not the client's.
extension UpstreamRelay {
    private func deliver() {
        guard let answer else { return }
        var body = gathered
        if hooks.established != nil {
            let message = try? ScannedMessage(scanning: body)  // what is no message is the client's to judge
            return message.map(begin) ?? pass(answer, body)
        }
        if body.readableBytes > 0, let replaced = hooks.rewrite?(body) { body = replaced }
        isCommitted ? deliverAsEvent(body, answer) : pass(answer, body)
    }

    private func pass(_ head: HTTPResponseHead, _ body: ByteBuffer) {
        end { $0.respond(head.status, UpstreamFields.response(head.headers), body: body) }
    }

    /// The client has an event stream by now: a message becomes its last event, anything else an error in words.
    private func deliverAsEvent(_ body: ByteBuffer, _ head: HTTPResponseHead) {
        if isListener { return finish() }
        guard let message = try? ScannedMessage(scanning: body), message.envelope.kind == .response else {  // no answer
            return fail("The MCP server answered with HTTP status \(head.status.code) and no JSON-RPC message.")
        }
        end { exchange in
            exchange.write(ServerSentEvent.message(message.bytes))
            exchange.finish()
        }
    }

    /// Lets the answer to `initialize` go, with what the session adds to its head.
    private func begin(_ message: ScannedMessage) {
        guard let answer, let established = hooks.established else { return }
        let added = answer.status == .ok && !message.envelope.isError ? established(message, answer) : [:]
        guard !isOver else { return }
        var fields = UpstreamFields.response(answer.headers)
        fields.add(contentsOf: added)
        let body = gathered
        guard answer.isEventStream, call != nil else { return end { $0.respond(answer.status, fields, body: body) } }
        form = .passing
        gathered = ByteBuffer()
        exchange.start(answer.status, fields)
        pass(body)
        exchange.flush()
    }

    private func refused(_ reason: Refused) {
        switch reason {
        case .forgotten: hooks.forgotten?(self)
        case .conflicted:
            conflicts += 1
            hooks.conflicted?(self)
            again(after: .milliseconds(Int64(min(500, 20 << min(conflicts, 5)))))
        case .denied:
            fail("The MCP server does not accept the gateway's own credentials (SLIPWAY_UPSTREAM_AUTHORIZATION).")
        }
    }

    /// The server can't be reached, so it has not seen the request. A GET stream waits for it as long as its client
    /// does, a call for as long as the gateway's own process for it may take to start.
    private func wait(_ words: String) {
        form = .awaited
        if isListener {
            if !exchange.hasResponse { commit() }
            guard exchange.isEventStream else { return fail(words) }
            return again(after: .seconds(1))
        }
        guard !isStreamed, upstream.isAwaited(since: began) else {
            return fail("The MCP server at \(upstream.address) can't be reached (\(words)).")
        }
        again(after: .milliseconds(100))
    }

    private func again(after delay: TimeAmount) {
        form = .awaited
        upstream.later(delay) { [weak self] in
            guard let self, self.call == nil else { return }
            self.send(session: self.session)
        }
    }
}

extension HTTPResponseHead {
    var isEventStream: Bool {
        headers.value("content-type")?.lowercased().hasPrefix("text/event-stream") ?? false
    }
}
