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

    private static let fields: HTTPHeaders = ["content-type": "application/json"]

    let visit: Visit
    var exchange: HTTPExchange { visit.exchange }
    private var accepts: AcceptedMedia { visit.accepts }
    private let isBatch: Bool
    /// The answer's own headers are needed before a stream may begin.
    private let waitsForAnswer: Bool
    private let opened = NIODeadline.now()
    private let recorded: RecordedStream?
    private var form = Form.undecided
    /// Since when the client is away.
    private(set) var leftAt: NIODeadline?

    /// - Parameter recorded: what an event stream would be kept as, where the client can come back to it.
    init(_ visit: Visit, isBatch: Bool = false, waitsForAnswer: Bool = false, recorded: RecordedStream? = nil) {
        self.visit = visit
        self.isBatch = isBatch
        self.waitsForAnswer = waitsForAnswer
        self.recorded = recorded
    }

    /// The stream that its client can come back to, where there is one.
    var resumable: EventStream? {
        guard case .stream(let stream) = form, stream.isRecorded else { return nil }
        return stream
    }

    /// The client left a stream that it can come back to.
    func detach(now: NIODeadline) {
        resumable?.detach()
        leftAt = now
    }

    /// The client came back.
    func attach(to exchange: HTTPExchange, after last: EventID) {
        resumable?.attach(to: exchange, after: last)
        leftAt = nil
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
            stream.send(message, isLast: isLast)
            if isLast { stream.finish() }
        }
    }

    /// Keeps the client and the proxies between from giving up on a slow answer.
    func keepAlive(after interval: TimeAmount, now: NIODeadline) {
        switch form {
        case .stream(let stream): stream.keepAlive(after: interval, now: now)
        case .undecided where canStream && now - opened >= patience(interval): _ = stream()
        case .undecided, .gathered: break
        }
    }

    private func patience(_ interval: TimeAmount) -> TimeAmount {
        recorded?.isPrimed == true ? min(interval, RecordedStream.opensAfter) : interval
    }

    private func stream(_ headers: HTTPHeaders = [:]) -> EventStream? {
        if case .stream(let stream) = form { return stream }
        guard case .undecided = form, accepts.eventStream else { return nil }
        let stream = EventStream(on: exchange, headers: headers, recorded: recorded)
        form = .stream(stream)
        return stream
    }

    private func respond(_ json: ByteBuffer, _ status: HTTPResponseStatus, _ headers: HTTPHeaders) {
        var all = Self.fields
        if !headers.isEmpty { all.add(contentsOf: headers) }
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
