import NIOCore
import NIOHTTP1

/// One client's connection: turns bytes into exchanges, one after another, and their answers into bytes.
final class HTTPConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What the connection waits for, and since when.
    private enum Phase {
        case head
        case body
        case response
        case nextRequest
    }

    private(set) var closesAfterResponse = false
    private weak var server: HTTPServer?
    private var context: ChannelHandlerContext?
    private var exchange: HTTPExchange?
    private var phase = Phase.head
    private var since = NIODeadline.now()
    private var responseWritten: EventLoopFuture<Void>?
    private var isLastResponseSent = false
    /// Whether what the client sends can't be read, and it was told so.
    private var isRefused = false
    private var isPaused = false
    /// Whether reading waits until the client takes what is ready for it.
    private var isReadingDue = false
    private var requests: RequestReader
    private var isTaking = false
    private var answers = MessageWriter()
    private var isWriting = false
    private var becameWritable = false

    init(server: HTTPServer, limits: WireLimits) {
        self.server = server
        requests = RequestReader(limits: limits)
    }

    /// Bytes of answers that the socket has not taken.
    var unsentBytes: Int {
        let buffered = try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)  // none on a closed channel
        return (buffered ?? 0) + answers.waitingBytes
    }

    var remoteAddress: SocketAddress? { context?.remoteAddress }

    func reserve(_ bytes: Int) -> Bool { server?.reserve(bytes) ?? false }

    func free(_ bytes: Int) { server?.free(bytes) }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    func close() { context?.close(promise: nil) }

    func setReading(_ isReading: Bool) {
        guard let context, isReading == isPaused else { return }
        isPaused = !isReading
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)  // only a closed channel refuses
    }

    var isBusy: Bool { exchange != nil }

    /// Whether an event stream is open on it.
    var isStreaming: Bool { exchange?.isEventStream ?? false }

    /// Lets the connection end with its next response. One that rests is left to its client: closing it now could
    /// cross a request that is already on its way.
    func retire() { closesAfterResponse = true }

    /// The end of the response under way is the end of the connection.
    func endWithResponse() { closesAfterResponse = true }

    /// Closes a connection that has kept the server waiting for longer than the limits allow.
    func enforce(_ limits: HTTPServerLimits, now: NIODeadline) {
        let patience: TimeAmount? =
            switch phase {
            case .head: limits.requestHead
            case .body: exchange?.isLasting == true ? nil : limits.requestBody
            case .nextRequest: isWritable ? limits.keepAlive : limits.unreadAnswer
            case .response: nil
            }
        if let patience, now - since > patience { close() }
    }

    private func enter(_ phase: Phase) {
        self.phase = phase
        since = .now()
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelInactive(context: ChannelHandlerContext) {
        let left = exchange
        exchange = nil
        left?.disconnected()
        server?.forget(self)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// What the client sends.
extension HTTPConnection {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        requests.append(unwrapInboundIn(data))
        takeRequests()
    }

    /// Reads on, as far as there are bytes and nothing is being answered. An answer that is given on the spot comes back
    /// here, so only the outermost call reads.
    private func takeRequests() {
        guard !isTaking else { return }
        isTaking = true
        defer { isTaking = false }
        do throws(WireFault) {
            while !isAnswering, let part = try requests.next() { receive(part) }
        } catch {
            if !refuse(error) { close() }
            return
        }
        // RFC 9112, 9.6: nothing after `close` is looked at.
        if exchange == nil, isLastResponseSent { return requests.drop() }
        if phase == .nextRequest, requests.hasBytes || !requests.isBetweenRequests { enter(.head) }
        if isAnswering, requests.hasBytes {
            setReading(false)
        } else if exchange?.body.isComplete ?? true {
            setReading(true)
        }
    }

    /// Whether a request has arrived whole and its answer is not complete, or was the last: the next one waits.
    private var isAnswering: Bool {
        guard let exchange else { return isLastResponseSent }
        return exchange.body.isComplete && requests.isBetweenRequests
    }

    private func receive(_ part: RequestReader.Part) {
        switch part {
        case .head(let head): begin(head)
        case .body(let piece):
            server?.traffic.received += piece.readableBytes
            exchange?.receiveBody(piece)
        case .end: endOfRequest()
        }
    }

    private func begin(_ head: RequestReader.Head) {
        guard let server else { return close() }
        enter(.body)
        if !head.keepsAlive || server.isRetiring { closesAfterResponse = true }
        let exchange = HTTPExchange(head, connection: self)
        self.exchange = exchange
        server.application.begin(exchange)
        if case .undecided = exchange.body, !exchange.isOver { setReading(false) }
    }

    private func endOfRequest() {
        guard let exchange else { return }
        enter(.response)
        exchange.endBody()
        if exchange.isOver, self.exchange === exchange {
            // The answer went out before the request was complete; only now may the connection close.
            self.exchange = nil
            closeWhenWritten()
        }
    }

    /// Answers a request that can't be read, unless the answer could be taken for another request's. Only this side of
    /// the connection is closed: what the client still sends would reset it, and the answer would be lost.
    private func refuse(_ fault: WireFault) -> Bool {
        guard let context, exchange.map({ !$0.hasResponse && !$0.body.isComplete }) ?? true, !isLastResponseSent else {
            return false
        }
        isRefused = true
        isLastResponseSent = true
        requests.drop()
        enter(.head)
        let left = exchange
        exchange = nil
        left?.disconnected()
        var refusal = ResponseHead(fault.status, length: 0)
        refusal.closes = true
        if answers.begin({ refusal.write(into: &$0) }) { flush() }
        setReading(true)
        context.close(mode: .output, promise: nil)
        return true
    }
}

/// What the client is sent.
extension HTTPConnection {
    /// Queues the head of an answer. One that can't be sent as it stands is not sent at all.
    func begin(_ head: ResponseHead, to method: HTTPMethod) {
        let room = head.length.map { min($0, MessageWriter.smallPiece) } ?? 0
        guard answers.begin(hasBody: method != .HEAD, { head.write(into: &$0, room: room) }) else { return close() }
    }

    func write(_ piece: ByteBuffer) {
        guard !answers.isWithoutBody else { return }
        server?.traffic.sent += piece.readableBytes
        isWriting = true
        if !answers.takes(piece) {
            answers.open(piece)
            put()
            context?.write(wrapOutboundOut(piece), promise: nil)
            answers.close()
        } else if answers.isFull {
            put()
        }
        isWriting = false
        guard becameWritable else { return }
        becameWritable = false
        exchange?.onWritable?()
    }

    private func put() {
        if answers.waitingBytes > 0 { context?.write(wrapOutboundOut(answers.take()), promise: nil) }
    }

    func flush() {
        guard answers.waitingBytes > 0 else { return context?.flush() ?? () }
        context?.writeAndFlush(wrapOutboundOut(answers.take()), promise: nil)
    }

    /// Tells the client that its body is welcome.
    func welcomeBody() {
        answers.interject("HTTP/1.1 100 Continue\r\n\r\n")
        flush()
    }

    func finishResponse(requestIsComplete: Bool) {
        guard let context else { return }
        let isLast = closesAfterResponse || !requestIsComplete
        isLastResponseSent = isLast
        if requestIsComplete {
            exchange = nil
            enter(.nextRequest)
        }
        answers.end()
        guard isLast else {
            flush()
            return takeRequests()
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        responseWritten = written.futureResult
        context.writeAndFlush(wrapOutboundOut(answers.take()), promise: written)
        if requestIsComplete { return closeWhenWritten() }
        // Closing now would reset the connection under the client's upload and lose the answer with it.
        exchange?.discardBody()
        setReading(true)
    }

    /// Closes the connection once the socket has taken the whole response.
    private func closeWhenWritten() {
        guard let responseWritten else { return close() }
        responseWritten.assumeIsolated().whenComplete { _ in self.close() }
    }

    /// A client that does not read its answers is not read from either.
    func read(context: ChannelHandlerContext) {
        if context.channel.isWritable { context.read() } else { isReadingDue = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            if isReadingDue {
                isReadingDue = false
                context.read()
            }
            // Within a write, because a full buffer is flushed: another piece now would land inside this one's chunk.
            if isWriting { becameWritable = true } else { exchange?.onWritable?() }
        } else {
            context.flush()
        }
        context.fireChannelWritabilityChanged()
    }
}

extension WireFault {
    fileprivate var status: HTTPResponseStatus {
        switch self {
        case .malformed: .badRequest
        case .headTooLarge: .requestHeaderFieldsTooLarge
        case .unknownCoding: .notImplemented
        }
    }
}
