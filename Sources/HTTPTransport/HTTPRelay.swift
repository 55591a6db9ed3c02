import NIOCore
import NIOHTTP1

/// Passes one exchange on to another server: bytes both ways as they come, each side paused while the other does
/// not keep up, and a client that leaves takes its call with it.
package final class HTTPRelay {
    private let exchange: HTTPExchange
    private var call: HTTPCall?
    private let declines: (HTTPResponseHead) -> Bool
    private let onFailure: (RelayFailure) -> Void
    private var declined: HTTPResponseHead?
    package let begun = NIODeadline.now()
    /// When the other server last sent something.
    package private(set) var lastHeard: NIODeadline?

    /// Called once when nothing more is expected of the other server.
    package var onEnd: (() -> Void)?

    /// Whether nothing more is expected of the other server.
    package var isOver: Bool { exchange.isOver || call?.isOver ?? false }

    private init(
        _ exchange: HTTPExchange,
        declines: @escaping (HTTPResponseHead) -> Bool,
        onFailure: @escaping (RelayFailure) -> Void
    ) {
        self.exchange = exchange
        self.declines = declines
        self.onFailure = onFailure
    }

    /// Where the request's body comes from.
    package enum Body {
        case collected(ByteBuffer)
        case streamed
    }

    /// Starts relaying.
    /// - Parameters:
    ///   - head: the request as the other server shall see it; hop-by-hop fields are removed here.
    ///   - linking: makes the request that asks for a link, where the other server is a replica.
    ///   - declines: whether a response is not for the client; then the relay fails with it.
    ///   - onFailure: no complete response came; the exchange tells whether part of one was already sent.
    @discardableResult
    package static func start(
        _ exchange: HTTPExchange,
        as head: HTTPRequestHead,
        body: Body,
        to target: HTTPTarget,
        over pool: HTTPConnectionPool,
        linking: (() -> HTTPRequestHead)? = nil,
        declines: @escaping (HTTPResponseHead) -> Bool = { _ in false },
        onFailure: @escaping (RelayFailure) -> Void
    ) -> HTTPRelay {
        let relay = HTTPRelay(exchange, declines: declines, onFailure: onFailure)
        var head = head
        if head.version != .http1_1 { head.version = .http1_1 }
        head.headers.removeHopByHopFields()
        var collected: ByteBuffer?
        if case .collected(let bytes) = body {
            collected = bytes
            let length = String(bytes.readableBytes)
            if head.headers.value("content-length") != length {
                head.headers.replaceOrAdd(name: "content-length", value: length)
            }
        }
        if case .streamed = body, exchange.hasBody, !head.isFramed {
            exchange.respond(.lengthRequired)
            return relay
        }
        let call =
            if let collected, let linking {
                pool.call(head, body: collected, to: target, receiver: relay, opening: linking)
            } else {
                pool.call(head, body: collected, to: target, receiver: relay)
            }
        relay.call = call
        exchange.onDisconnect = { relay.abandon() }
        exchange.onWritable = { call.setResponsePaused(false) }
        if collected == nil { exchange.streamBody(to: relay) }
        return relay
    }

    /// Gives up a server that is silent: the relay fails as if the connection had broken.
    package func giveUp() {
        guard let call, !call.isOver else { return }
        abandon()
        onFailure(.call(.broken))
    }

    private func abandon() {
        call?.cancel()
        ended()
    }

    private func ended() {
        let notify = onEnd
        onEnd = nil
        notify?()
    }
}

extension HTTPRelay: BodyReceiver {
    package func bodyReceived(_ piece: ByteBuffer) {
        guard let call else { return }
        call.send(piece)
        if !call.isWritable { exchange.setBodyPaused(true) }
    }

    package func bodyEnded() { call?.endRequest() }

    package func bodyFailed() { abandon() }
}

extension HTTPRelay: HTTPCallReceiver {
    package func responseStarted(_ head: HTTPResponseHead) {
        lastHeard = .now()
        var head = head
        if declines(head) { return declined = head }
        head.headers.removeHopByHopFields()
        exchange.start(head.status, head.headers)
    }

    package func responseReceived(_ piece: ByteBuffer) {
        lastHeard = .now()
        guard declined == nil else { return }
        exchange.write(piece)
        if !exchange.isWritable { call?.setResponsePaused(true) }
    }

    package func responseCaughtUp() { exchange.flush() }

    package func responseEnded() {
        ended()
        if let declined { return onFailure(.declined(declined)) }
        exchange.finish()
    }

    package func responseFailed(_ failure: HTTPCallFailure) {
        ended()
        onFailure(.call(failure))
    }

    package func requestWritable() { exchange.setBodyPaused(false) }
}

extension HTTPRequestHead {
    /// Whether a body that follows would be delimited on the wire. NIO writes chunks only for methods that usually have
    /// a body; another method's body would pass for a second request.
    fileprivate var isFramed: Bool {
        headers.contains(name: "content-length") || [.POST, .PUT, .PATCH].contains(method)
    }
}

extension HTTPHeaders {
    private static let hopByHop = FieldNames(FieldNames.hopByHop)

    /// Fields that speak of one connection only (RFC 9110, 7.6.1), those that `Connection` names included.
    package mutating func removeHopByHopFields() {
        // Most heads hold none, and every call passes here.
        guard contains(where: { Self.hopByHop.contains($0.name) }) else { return }
        // A sender that names an end-to-end field there may not unframe or redirect what is passed on.
        for name in self[canonicalForm: "connection"] where !["host", "content-length"].contains(name.lowercased()) {
            remove(name: String(name))
        }
        for name in FieldNames.hopByHop { remove(name: name) }
    }
}
