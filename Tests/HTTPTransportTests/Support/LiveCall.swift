import HTTPTransport
import NIOCore
import NIOHTTP1

/// A call under way, and what it brought so far.
struct LiveCall: Sendable {
    enum Event: Sendable, Equatable {
        case head(HTTPResponseHead)
        case piece(String)
        case end
        case failure(HTTPCallFailure)
    }

    struct Answer: Sendable, Equatable {
        var status = HTTPResponseStatus.custom(code: 0, reasonPhrase: "")
        var headers: HTTPHeaders = [:]
        var body = ""
    }

    let loop: any EventLoop
    let call: NIOLoopBound<HTTPCall>
    let events: Happenings<Event>

    func use(_ action: @escaping @Sendable (HTTPCall) -> Void) async throws {
        try await loop.submit { [call] in action(call.value) }.get()
    }

    func send(_ text: String) async throws { try await use { $0.send(ByteBuffer(string: text)) } }

    /// Sends what is left of the body and completes the request.
    func finish(_ body: String = "") async throws {
        try await use { call in
            if !body.isEmpty { call.send(ByteBuffer(string: body)) }
            call.endRequest()
        }
    }

    func cancel() async throws { try await use { $0.cancel() } }

    /// The whole answer; throws the failure where none came.
    func answer() async throws -> Answer {
        var answer = Answer()
        while let event = try await events.next() {
            switch event {
            case .head(let head): (answer.status, answer.headers) = (head.status, head.headers)
            case .piece(let text): answer.body += text
            case .end: return answer
            case .failure(let failure): throw failure
            }
        }
        throw Happenings<Event>.NothingHappened()
    }

    /// Why no whole answer came; `nil` where one came.
    func failure() async throws -> HTTPCallFailure? {
        do {
            _ = try await answer()
            return nil
        } catch let failure as HTTPCallFailure {
            return failure
        }
    }
}

/// Writes down what a call brings.
final class CallRecorder: HTTPCallReceiver {
    private let events: Happenings<LiveCall.Event>

    init(_ events: Happenings<LiveCall.Event>) { self.events = events }

    func responseStarted(_ head: HTTPResponseHead) { events.report(.head(head)) }
    func responseReceived(_ piece: ByteBuffer) { events.report(.piece(String(buffer: piece))) }
    func responseCaughtUp() {}
    func responseEnded() { events.report(.end) }
    func responseFailed(_ failure: HTTPCallFailure) { events.report(.failure(failure)) }
    func requestWritable() {}
}
