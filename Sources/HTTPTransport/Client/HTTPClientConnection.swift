import NIOCore
import NIOHTTP1
import NIOSSL

/// A connection to another server: one call at a time, then back to its pool.
final class HTTPClientConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    let target: HTTPTarget
    private(set) var idleSince = NIODeadline.now()
    private weak var pool: HTTPConnectionPool?
    private var context: ChannelHandlerContext?
    private var call: HTTPCall?
    private var keepsAlive = true

    init(target: HTTPTarget, pool: HTTPConnectionPool) {
        self.target = target
        self.pool = pool
    }

    var isOpen: Bool { context?.channel.isActive ?? false }
    var isWritable: Bool { context?.channel.isWritable ?? false }

    /// Until when the other side's certificate is good, in seconds since 1970; nil without TLS.
    var certificateEnd: Int? {
        guard let operations = context?.pipeline.syncOperations else { return nil }
        let certificate = try? operations.nioSSL_peerCertificate()  // without TLS there is none
        return certificate.map { Int($0.notValidAfter) }
    }

    func carry(_ call: HTTPCall) {
        self.call = call
        keepsAlive = true
        call.assigned(self)
    }

    func write(_ part: HTTPClientRequestPart) { context?.write(wrapOutboundOut(part), promise: nil) }

    func flush() { context?.flush() }

    func close() {
        call = nil
        context?.close(promise: nil)
    }

    func setReading(_ isReading: Bool) {
        guard let context else { return }
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)  // only a closed channel refuses
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            keepsAlive = head.isKeepAlive
            call?.received(head)
        case .body(let piece): call?.received(piece)
        case .end: endOfResponse()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        call?.readCompleted()
        context.fireChannelReadComplete()
    }

    private func endOfResponse() {
        guard let call else { return }
        self.call = nil
        // A server that answered before it read the whole request leaves the connection in an unknown state.
        if keepsAlive, call.isRequestComplete, isOpen {
            setReading(true)
            idleSince = .now()
            pool?.rest(self)
        } else {
            context?.close(promise: nil)
        }
        call.ended()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { call?.becameWritable() }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        let broken = call
        call = nil
        pool?.forget(self)
        broken?.failed(.broken)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The other side did not prove who it is, so the request was not sent.
        if let words = ClientTrust.words(of: error) {
            let refused = call
            call = nil
            refused?.failed(.unreachable(words))
        }
        context.close(promise: nil)
    }
}
