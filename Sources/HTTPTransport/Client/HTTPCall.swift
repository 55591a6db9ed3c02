import NIOCore
import NIOHTTP1

/// Why a call brought no complete response.
package enum HTTPCallFailure: Error, Equatable, Sendable {
    /// No connection was had: the other side has not seen the request, so it may go elsewhere.
    case unreachable(String)
    /// The connection broke after the request went out: the other side may have acted on it.
    case broken
}

/// What receives a call's response, on the call's event loop. After an end or a failure nothing follows.
package protocol HTTPCallReceiver: AnyObject {
    func responseStarted(_ head: HTTPResponseHead)
    func responseReceived(_ piece: ByteBuffer)
    /// Everything that has arrived was handed over; more may follow.
    func responseCaughtUp()
    func responseEnded()
    func responseFailed(_ failure: HTTPCallFailure)
    /// The socket takes request bytes again.
    func requestWritable()
}

/// One request to another server, on a pooled connection. Confined to the pool's event loop.
package final class HTTPCall {
    private var receiver: (any HTTPCallReceiver)?
    private var head: HTTPRequestHead?
    /// What there is of the body before there is a connection.
    private var waiting: [ByteBuffer] = []
    private var carrier: (any CallCarrier)?
    private(set) var isRequestComplete = false

    /// With a body the request is complete, and one write; without, its body follows.
    init(head: HTTPRequestHead, body: ByteBuffer?, receiver: any HTTPCallReceiver) {
        self.receiver = receiver
        self.head = head
        if let body { endRequest(body) }
    }

    /// Whether the call was cancelled, failed or answered.
    package var isOver: Bool { receiver == nil }

    /// Until when the other side's certificate is good, in seconds since 1970, while the response arrives over TLS.
    package var certificateEnd: Int? { carrier?.certificateEnd }

    /// Whether the socket keeps up with the request's body.
    package var isWritable: Bool { carrier?.isWritable ?? false }

    /// Sends the next piece of the request's body.
    package func send(_ piece: ByteBuffer) {
        guard !isOver else { return }
        guard let carrier else { return waiting.append(piece) }
        carrier.write(piece)
        carrier.flush()
    }

    /// Completes the request.
    package func endRequest() { endRequest(ByteBuffer()) }

    private func endRequest(_ body: ByteBuffer) {
        isRequestComplete = true
        guard let carrier else { return waiting.append(body) }
        carrier.write(body)
        carrier.end()
        carrier.flush()
    }

    /// Gives the call up; the connection is closed, so that the other side notices.
    package func cancel() {
        receiver = nil
        carrier?.close()
        carrier = nil
    }

    /// Stops reading the response for as long as its receiver does not keep up.
    package func setResponsePaused(_ isPaused: Bool) { carrier?.setReading(!isPaused) }

    func assigned(_ carrier: any CallCarrier) {
        self.carrier = carrier
        if let head { carrier.begin(head) }
        for piece in waiting { carrier.write(piece) }
        (head, waiting) = (nil, [])
        if isRequestComplete { carrier.end() }
        carrier.flush()
        receiver?.requestWritable()
    }

    func received(_ head: HTTPResponseHead) { receiver?.responseStarted(head) }
    func received(_ piece: ByteBuffer) { receiver?.responseReceived(piece) }
    func readCompleted() { receiver?.responseCaughtUp() }
    func becameWritable() { receiver?.requestWritable() }

    func ended() {
        carrier = nil
        finish { $0.responseEnded() }
    }

    func failed(_ failure: HTTPCallFailure) {
        carrier = nil
        finish { $0.responseFailed(failure) }
    }

    private func finish(_ notify: (any HTTPCallReceiver) -> Void) {
        guard let receiver else { return }
        self.receiver = nil
        notify(receiver)
    }
}
