import NIOCore
import NIOHTTP1

/// One request and its response. Confined to the event loop of its connection.
package final class HTTPExchange {
    package private(set) var head: HTTPRequestHead

    /// Fields that the response carries whoever writes it; they replace fields of the same name.
    package var standingFields: HTTPHeaders?
    /// Called once when the client leaves before the response is complete.
    package var onDisconnect: (() -> Void)?
    /// Called when the socket takes bytes again after `isWritable` was false.
    package var onWritable: (() -> Void)?
    /// Told once when the response is over.
    package var observer: (any HTTPExchangeObserver)?
    /// A field that every response to this request carries, whoever gives it; its name in lower case.
    package var responseField: (name: String, value: String)?

    /// Whether its body may take as long as it likes.
    var isLasting = false
    /// The body's length in bytes as the client announced it; 0 where it did not.
    let announcedLength: Int
    let hasBody: Bool
    private let expectsContinue: Bool
    var body: RequestBody
    private var carrier: (any ExchangeCarrier)?
    /// The carrier, also after the exchange is over: it accounts for the body.
    private weak var holder: (any ExchangeCarrier)?
    private var reservedBytes = 0
    private var hasStarted = false
    /// The response's status, once its head was sent.
    package private(set) var status: HTTPResponseStatus?
    /// Whether the response is an event stream, which can be ended in words after it began.
    package private(set) var isEventStream = false

    init(_ request: RequestReader.Head, connection: HTTPConnection) {
        head = request.head
        expectsContinue = request.expectsContinue
        carrier = connection
        holder = connection
        if case .length(let bytes) = request.body { announcedLength = bytes } else { announcedLength = 0 }
        hasBody = request.body != .none
        body = hasBody ? .undecided(held: ByteBuffer()) : .complete(nil)
    }

    /// A request that came whole, on a link.
    init(_ head: HTTPRequestHead, body: ByteBuffer, carrier: any ExchangeCarrier) {
        self.head = head
        expectsContinue = false
        self.carrier = carrier
        holder = carrier
        announcedLength = body.readableBytes
        hasBody = body.readableBytes > 0
        self.body = .complete(body)
    }

    /// The path of the request, without its query.
    package var path: Substring {
        let uri = head.uri
        return uri[..<(uri.utf8.firstIndex(of: UInt8(ascii: "?")) ?? uri.endIndex)]
    }

    /// Where the connection comes from: the client, or the balancer in front.
    package var remoteAddress: SocketAddress? { carrier?.remoteAddress }

    /// Whether the response is complete or can no longer be delivered.
    package var isOver: Bool { carrier == nil }

    /// Whether the response's head was sent.
    package var hasResponse: Bool { hasStarted }

    /// Whether the socket keeps up; a stream pauses its source while it does not.
    package var isWritable: Bool { carrier?.isWritable ?? false }

    /// Bytes of the response that the socket has not taken.
    package var unsentBytes: Int { carrier?.unsentBytes ?? 0 }

    /// Lets go of the request's fields: a response that lasts for hours needs them no more.
    package func forgetFields() { head.headers = HTTPHeaders() }

    /// Sends a whole response. Does nothing where the exchange is over.
    package func respond(_ status: HTTPResponseStatus, _ headers: HTTPHeaders = [:], body: ByteBuffer? = nil) {
        guard let carrier, !hasStarted else { return }
        hasStarted = true
        carrier.begin(responseHead(status, headers, length: body?.readableBytes ?? 0), to: head.method)
        if let body, body.readableBytes > 0 { carrier.write(body) }
        finish()
    }

    /// Queues the head of a response whose body follows in pieces.
    package func start(_ status: HTTPResponseStatus, _ headers: HTTPHeaders) {
        guard let carrier, !hasStarted else { return }
        hasStarted = true
        isEventStream = headers.value("content-type")?.hasPrefix("text/event-stream") ?? false
        carrier.begin(responseHead(status, headers), to: head.method)
    }

    /// Queues the next piece of a response that was started; `flush` or the response's end sends it.
    package func write(_ piece: ByteBuffer) {
        guard let carrier, hasStarted, piece.readableBytes > 0 else { return }
        carrier.write(piece)
    }

    /// Sends what was queued.
    package func flush() { carrier?.flush() }

    /// Completes a response that was started.
    package func finish() {
        guard let carrier, hasStarted else { return }
        end(.complete)
        carrier.finishResponse(requestIsComplete: body.isComplete)
    }

    /// Completes an event stream whose source broke off, with last words. The source may have stopped inside an event:
    /// what there is of it becomes an event of a type that nobody reads.
    package func endEventStream(with events: [ByteBuffer]) {
        write(ByteBuffer(string: "\nevent: cut\n\n"))
        for event in events { write(event) }
        finish()
    }

    /// Completes a response that somebody else is still writing; whoever does learns it as if the client had left.
    package func finishEarly() {
        let notify = onDisconnect
        finish()
        notify?()
    }

    /// Cuts the connection: for a response that can't be completed truthfully. Whoever writes it learns it as if the
    /// client had left.
    package func abort() {
        guard let carrier else { return }
        let notify = onDisconnect
        end(.cut)
        carrier.close()
        notify?()
    }

    /// Tells the client that its body is welcome (RFC 9110, 10.1.1), where it waits to be told.
    package func welcomeBody() {
        guard let carrier, !hasStarted, expectsContinue else { return }
        carrier.welcomeBody()
    }

    func pauseBody(_ isPaused: Bool) { carrier?.setReading(!isPaused) }

    func disconnected() {
        let notify = onDisconnect
        let incomplete = !body.isComplete
        end(.left)
        if incomplete { failBody() }
        notify?()
    }

    private func responseHead(
        _ status: HTTPResponseStatus,
        _ headers: HTTPHeaders,
        length: Int? = nil
    ) -> ResponseHead {
        self.status = status
        var response = ResponseHead(status, headers, length: length)
        response.standing = standingFields
        response.own = responseField
        // A client of HTTP/1.0 knows no chunks, and an answer to HEAD has none: both end with the carrier.
        response.isUnchunked = head.version == .http1_0 || head.method == .HEAD
        if response.endsWithConnection { carrier?.endWithResponse() }
        response.closes = carrier?.closesAfterResponse == true || !body.isComplete
        return response
    }

    /// Makes room for bytes of the body; what was reserved is freed with `freeBody`.
    func reserveBody(_ bytes: Int) -> Bool {
        guard carrier?.reserve(bytes) == true else { return false }
        reservedBytes += bytes
        return true
    }

    func freeBody() {
        holder?.free(reservedBytes)
        reservedBytes = 0
    }

    private func end(_ ending: HTTPEnding) {
        carrier = nil
        onDisconnect = nil
        onWritable = nil
        let observer = observer
        self.observer = nil
        observer?.ended(self, ending)
    }
}
