import NIOCore
import NIOHTTP1

/// One client's connection: turns HTTP parts into exchanges, one after another.
final class HTTPConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What the connection waits for, and since when.
    private enum Phase {
        case firstRequest
        case body
        case response
        case nextRequest
    }

    private(set) var closesAfterResponse = false
    private weak var server: HTTPServer?
    private var context: ChannelHandlerContext?
    private var exchange: HTTPExchange?
    private var phase = Phase.firstRequest
    private var since = NIODeadline.now()

    init(server: HTTPServer) { self.server = server }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    func write(_ part: HTTPServerResponsePart) { context?.write(wrapOutboundOut(part), promise: nil) }

    func flush() { context?.flush() }

    func close() { context?.close(promise: nil) }

    func setReading(_ isReading: Bool) {
        guard let context else { return }
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)  // only a closed channel refuses
    }

    func finishResponse(requestIsComplete: Bool) {
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        guard requestIsComplete else {
            // Closing now would reset the connection under the client's upload and lose the answer with it.
            exchange?.discardBody()
            closesAfterResponse = true
            return setReading(true)
        }
        exchange = nil
        enter(.nextRequest)
        if closesAfterResponse { context.close(promise: nil) }
    }

    /// Closes the connection as soon as nothing is under way on it.
    func retire() {
        closesAfterResponse = true
        if exchange == nil { close() }
    }

    /// Closes a connection that has kept the server waiting for longer than the limits allow.
    func enforce(_ limits: HTTPServerLimits, now: NIODeadline) {
        let patience: TimeAmount? =
            switch phase {
            case .firstRequest: limits.firstRequest
            case .body: limits.requestBody
            case .nextRequest: limits.keepAlive
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

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head)
        case .body(let piece): exchange?.receiveBody(piece)
        case .end: endOfRequest()
        }
    }

    private func begin(_ head: HTTPRequestHead) {
        guard let server else { return close() }
        enter(.body)
        if !head.isKeepAlive { closesAfterResponse = true }
        let exchange = HTTPExchange(head: head, connection: self)
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
            close()
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
