import NIOCore
import NIOHTTP1

/// One client's connection: turns HTTP parts into exchanges, one after another.
final class HTTPConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

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
    private var isPaused = false
    /// Parts of further requests that arrived while one was being answered; reading is paused meanwhile.
    private var pipelined: [HTTPServerRequestPart] = []
    private var isTakingPipelined = false
    private var isWriting = false
    private var becameWritable = false

    init(server: HTTPServer) { self.server = server }

    /// Bytes of answers that the socket has not taken.
    var unsentBytes: Int {
        let buffered = try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)  // none on a closed channel
        return buffered ?? 0
    }

    func reserve(_ bytes: Int) -> Bool { server?.reserve(bytes) ?? false }

    func free(_ bytes: Int) { server?.free(bytes) }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    func write(_ part: HTTPServerResponsePart) {
        if case .body(.byteBuffer(let piece)) = part { server?.traffic.sent += piece.readableBytes }
        isWriting = true
        context?.write(wrapOutboundOut(part), promise: nil)
        isWriting = false
        guard becameWritable else { return }
        becameWritable = false
        exchange?.onWritable?()
    }

    func flush() { context?.flush() }

    func close() { context?.close(promise: nil) }

    func setReading(_ isReading: Bool) {
        guard let context, isReading == isPaused else { return }
        isPaused = !isReading
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)  // only a closed channel refuses
    }

    func finishResponse(requestIsComplete: Bool) {
        guard let context else { return }
        let isLast = closesAfterResponse || !requestIsComplete
        isLastResponseSent = isLast
        if requestIsComplete {
            exchange = nil
            enter(.nextRequest)
        }
        let written = isLast ? context.eventLoop.makePromise(of: Void.self) : nil
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        responseWritten = written?.futureResult
        guard isLast else { return receivePipelined() }
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
            case .body: limits.requestBody
            case .nextRequest: isWritable ? limits.keepAlive : limits.unreadAnswer
            case .response: nil
            }
        if let patience, now - since > patience { close() }
    }

    /// The first bytes of a request are there; the rest of its head should follow.
    func bytesArrived() {
        if phase == .nextRequest { enter(.head) }
    }

    private func enter(_ phase: Phase) {
        self.phase = phase
        since = .now()
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        guard pipelined.isEmpty, !isNext(part) else {
            pipelined.append(part)
            return setReading(false)
        }
        receive(part)
    }

    /// Whether a part begins a request while another is still being answered.
    private func isNext(_ part: HTTPServerRequestPart) -> Bool {
        guard case .head = part else { return false }
        return exchange != nil
    }

    private func receive(_ part: HTTPServerRequestPart) {
        switch part {
        case .head where isLastResponseSent: break  // RFC 9112, 9.6: nothing after `close` is looked at
        case .head(let head): begin(head)
        case .body(let piece):
            server?.traffic.received += piece.readableBytes
            exchange?.receiveBody(piece)
        case .end: endOfRequest()
        }
    }

    /// Goes on with what a client sent before its last answer was out. An answer that is given on the spot comes back
    /// here, so only the outermost call takes parts.
    private func receivePipelined() {
        guard !isTakingPipelined else { return }
        isTakingPipelined = true
        defer { isTakingPipelined = false }
        while let part = pipelined.first, !isNext(part) {
            pipelined.removeFirst()
            receive(part)
        }
        if pipelined.isEmpty { setReading(true) }
    }

    private func begin(_ head: HTTPRequestHead) {
        guard let server else { return close() }
        enter(.body)
        if !head.isKeepAlive || server.isRetiring { closesAfterResponse = true }
        let exchange = HTTPExchange(head: head, connection: self)
        self.exchange = exchange
        server.application.begin(exchange)
        if case .undecided = exchange.body, !exchange.isOver { setReading(false) }
    }

    private func endOfRequest() {
        guard let exchange else { return }
        enter(.response)
        if pipelined.isEmpty { setReading(true) }
        exchange.endBody()
        if exchange.isOver, self.exchange === exchange {
            // The answer went out before the request was complete; only now may the connection close.
            self.exchange = nil
            closeWhenWritten()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            // Within a write, because a full buffer is flushed: another piece now would land inside this one's chunk.
            if isWriting { becameWritable = true } else { exchange?.onWritable?() }
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        let left = exchange
        exchange = nil
        left?.disconnected()
        server?.forget(self)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
