import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// A request of the gateway's own to the HTTP server: replaying `initialize`, ending a session.
final class UpstreamErrand: HTTPCallReceiver {
    struct Answer {
        let head: HTTPResponseHead
        /// The JSON-RPC response in it, where there is one.
        let message: ScannedMessage?
    }

    /// What is sent, and in which session.
    struct Request {
        var method = HTTPMethod.POST
        var body = ByteBuffer()
        var session: String?
        var protocolVersion: String?
    }

    /// How long an event stream may go on after it said what it was asked for.
    private static let afterAnswer: TimeAmount = .seconds(2)

    private let upstream: HTTPUpstream
    private var completion: ((Result<Answer, UpstreamTrouble>) -> Void)?
    private var call: HTTPCall?
    private var limit: Scheduled<Void>?
    private var head: HTTPResponseHead?
    private var body = ByteBuffer()

    private init(_ upstream: HTTPUpstream, _ completion: @escaping (Result<Answer, UpstreamTrouble>) -> Void) {
        self.upstream = upstream
        self.completion = completion
    }

    /// Sends a request and answers once, within `patience`.
    static func run(
        _ request: Request,
        over upstream: HTTPUpstream,
        patience: TimeAmount,
        _ completion: @escaping (Result<Answer, UpstreamTrouble>) -> Void
    ) {
        let errand = UpstreamErrand(upstream, completion)
        var fields: HTTPHeaders = [
            "host": upstream.address.authority, "accept": "application/json, text/event-stream",
            "content-type": "application/json",
        ]
        if request.method == .POST { fields.add(name: "content-length", value: String(request.body.readableBytes)) }
        if let session = request.session { fields.add(name: "mcp-session-id", value: session) }
        if let version = request.protocolVersion { fields.add(name: "mcp-protocol-version", value: version) }
        if let credential = upstream.credential { fields.add(name: "authorization", value: credential.field) }
        let head = HTTPRequestHead(
            version: .http1_1, method: request.method, uri: upstream.address.uri, headers: fields
        )
        let call = upstream.pool.call(head, body: request.body, to: upstream.address.target, receiver: errand)
        errand.call = call
        errand.limit = upstream.later(patience) {
            guard errand.completion != nil else { return }
            call.cancel()
            errand.complete(.failure(.silent(patience)))
        }
    }

    private func complete(_ result: Result<Answer, UpstreamTrouble>) {
        limit?.cancel()
        limit = nil
        let completion = completion
        self.completion = nil
        completion?(result)
    }

    func responseStarted(_ head: HTTPResponseHead) {
        upstream.answered()
        self.head = head
    }

    func responseReceived(_ piece: ByteBuffer) {
        guard completion != nil, let head else { return }
        body.writeImmutableBuffer(piece)
        if body.readableBytes > upstream.messageLimit {
            call?.cancel()
            return complete(.failure(.tooLong(upstream.messageLimit)))
        }
        guard head.isEventStream, let message = ScannedMessage.response(inEvents: body) else { return }
        complete(.success(Answer(head: head, message: message)))
        upstream.later(Self.afterAnswer) { [weak self] in self?.call?.cancel() }
    }

    func responseEnded() {
        guard let head else { return complete(.failure(.broken)) }
        let message = try? ScannedMessage(scanning: body)  // whoever asked judges an answer without one
        complete(.success(Answer(head: head, message: head.isEventStream ? nil : message)))
    }

    func responseFailed(_ failure: HTTPCallFailure) {
        switch failure {
        case .unreachable(let words):
            upstream.failed(words)
            complete(.failure(.unreachable(words)))
        case .broken: complete(.failure(.broken))
        }
    }

    func responseCaughtUp() {}
    func requestWritable() {}
}

extension ServerEvents.Event {
    /// The JSON-RPC response that it carries.
    var response: ScannedMessage? {
        let message = data.flatMap { try? ScannedMessage(scanning: $0) }  // no message: no response either
        return message?.envelope.kind == .response ? message : nil
    }
}

extension ScannedMessage {
    /// The first JSON-RPC response among the events of a stream.
    static func response(inEvents bytes: ByteBuffer) -> ScannedMessage? {
        var events = ServerEvents()
        events.append(bytes)
        while let event = events.next() {
            if let response = event.response { return response }
        }
        return nil
    }
}
