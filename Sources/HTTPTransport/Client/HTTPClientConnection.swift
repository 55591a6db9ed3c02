import NIOCore
import NIOHTTP1
import NIOSSL

/// A connection to another server: one call at a time, then back to its pool.
final class HTTPClientConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Of a response's head: what other servers send is the operator's choice, and still bounded.
    private static let limits = WireLimits(bytes: 256 * 1024, fields: 256)

    let target: HTTPTarget
    private(set) var idleSince = NIODeadline.now()
    private weak var pool: HTTPConnectionPool?
    private var context: ChannelHandlerContext?
    private var call: HTTPCall?
    private var keepsAlive = true
    private var isPaused = false
    private var responses = ResponseReader(limits: limits)
    private var requests = MessageWriter()

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

    /// Queues a request's head. One that can't be sent as it stands ends the connection, and the call with it.
    func begin(_ head: HTTPRequestHead) {
        guard requests.begin({ $0.writeHead(head) }) else { return context?.close(promise: nil) ?? () }
        responses.expect(head.method)
    }

    func write(_ piece: ByteBuffer) {
        guard piece.readableBytes > 0, !requests.isWithoutBody else { return }
        if requests.takes(piece) { return requests.isFull ? put() : () }
        requests.open(piece)
        put()
        context?.write(wrapOutboundOut(piece), promise: nil)
        requests.close()
    }

    func end() { requests.end() }

    private func put() {
        if requests.waitingBytes > 0 { context?.write(wrapOutboundOut(requests.take()), promise: nil) }
    }

    func flush() {
        guard requests.waitingBytes > 0 else { return context?.flush() ?? () }
        context?.writeAndFlush(wrapOutboundOut(requests.take()), promise: nil)
    }

    func close() {
        call = nil
        context?.close(promise: nil)
    }

    func setReading(_ isReading: Bool) {
        // The channel's options are found by casts, one after another: too much for every call.
        guard let context, isReading == isPaused else { return }
        isPaused = !isReading
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)  // only a closed channel refuses
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // A server that speaks without being asked may mean it for an answer to what is asked next.
        guard call != nil else { return context.close(promise: nil) }
        responses.append(unwrapInboundIn(data))
        do throws(WireFault) {
            while call != nil, let part = try responses.next() { receive(part) }
        } catch {
            context.close(promise: nil)
        }
    }

    private func receive(_ part: ResponseReader.Part) {
        switch part {
        case .head(let head, let keepsAlive):
            self.keepsAlive = keepsAlive
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
        // A server that answered before it read the whole request leaves the connection in an unknown state, and one
        // that went on after its answer too.
        if keepsAlive, call.isRequestComplete, isOpen, !responses.hasBytes {
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
        if let part = responses.finish() { receive(part) }
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
        // A body that ends with the connection did not end here.
        responses.abandon()
        context.close(promise: nil)
    }
}
