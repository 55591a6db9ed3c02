import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// The response to one POST. It stays undecided until the server says something: a lone answer becomes a JSON body,
/// anything before it (or a long silence) makes it an event stream, where the client takes one.
final class PostResponse {
    private enum Form {
        case undecided
        case stream(EventStream)
        /// Answers to a batch that must come as one JSON array.
        case gathered([ByteBuffer])
    }

    let exchange: HTTPExchange
    private let accepts: AcceptedMedia
    private let isBatch: Bool
    /// The answer's own headers are needed before a stream may begin.
    private let waitsForAnswer: Bool
    private let opened = NIODeadline.now()
    private var form = Form.undecided

    init(_ visit: Visit, isBatch: Bool = false, waitsForAnswer: Bool = false) {
        exchange = visit.exchange
        accepts = visit.accepts
        self.isBatch = isBatch
        self.waitsForAnswer = waitsForAnswer
    }

    /// Whether messages may precede the answer.
    var canStream: Bool { accepts.eventStream && !waitsForAnswer }

    /// A message that precedes the answer.
    func push(_ message: ByteBuffer) { stream()?.send(message) }

    /// `status` counts for a lone JSON answer only: a stream has begun as 200.
    func answer(
        _ message: ByteBuffer,
        isLast: Bool,
        status: HTTPResponseStatus = .ok,
        headers: HTTPHeaders = [:]
    ) {
        switch form {
        case .undecided where isLast && accepts.json && !isBatch: respond(message, status, headers)
        case .gathered(var answers):
            answers.append(message)
            form = .gathered(answers)
            if isLast { respond(Self.array(of: answers), .ok, headers) }
        case .undecided, .stream:
            guard let stream = stream(headers) else {
                form = .gathered([])
                return answer(message, isLast: isLast, headers: headers)
            }
            stream.send(message)
            if isLast { stream.finish() }
        }
    }

    /// Keeps the client and the proxies between from giving up on a slow answer.
    func keepAlive(after interval: TimeAmount, now: NIODeadline) {
        switch form {
        case .stream(let stream): stream.keepAlive(after: interval, now: now)
        case .undecided where canStream && now - opened >= interval: _ = stream()
        case .undecided, .gathered: break
        }
    }

    private func stream(_ headers: HTTPHeaders = [:]) -> EventStream? {
        if case .stream(let stream) = form { return stream }
        guard case .undecided = form, accepts.eventStream else { return nil }
        let stream = EventStream(on: exchange, headers: headers)
        form = .stream(stream)
        return stream
    }

    private func respond(_ json: ByteBuffer, _ status: HTTPResponseStatus, _ headers: HTTPHeaders) {
        var all: HTTPHeaders = ["content-type": "application/json"]
        all.add(contentsOf: headers)
        exchange.respond(status, all, body: json)
    }

    private static func array(of messages: [ByteBuffer]) -> ByteBuffer {
        var array = ByteBuffer(string: "[")
        for (index, message) in messages.enumerated() {
            if index > 0 { array.writeString(",") }
            array.writeImmutableBuffer(message)
        }
        array.writeString("]")
        return array
    }
}
