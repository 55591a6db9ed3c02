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

    init(server: HTTPServer) { self.server = server }

    /// Bytes of answers that the socket has not taken.
    var unsentBytes: Int {
        let buffered = try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)  // none on a closed channel
        return buffered ?? 0
    }

    func reserve(_ bytes: Int) -> Bool { server?.reserve(bytes) ?? false }

    func free(_ bytes: Int) { server?.free(bytes) }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    func write(_ part: HTTPServerResponsePart) { context?.write(wrapOutboundOut(part), promise: nil) }

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
        // Before the end is written: the next request, if it waits in the pipeline, begins within that call.
        if requestIsComplete {
            exchange = nil
            enter(.nextRequest)
            setReading(true)
        }
        let written = isLast ? context.eventLoop.makePromise(of: Void.self) : nil
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        responseWritten = written?.futureResult
        guard isLast else { return }
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
        switch unwrapInboundIn(data) {
        case .head where isLastResponseSent: break  // RFC 9112, 9.6: nothing after `close` is looked at
        case .head(let head): begin(head)
        case .body(let piece): exchange?.receiveBody(piece)
        case .end: endOfRequest()
        }
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
        setReading(true)
        exchange.endBody()
        if exchange.isOver, self.exchange === exchange {
            // The answer went out before the request was complete; only now may the connection close.
            self.exchange = nil
            closeWhenWritten()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { exchange?.onWritable?() }
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
