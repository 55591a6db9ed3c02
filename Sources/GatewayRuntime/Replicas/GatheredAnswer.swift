import HTTPTransport
import NIOCore
import NIOHTTP1

/// The whole answer to one question, in bounds.
final class GatheredAnswer: HTTPCallReceiver {
    /// Why there is no answer, in words.
    struct Failure: Error { let words: String }

    private let limit: Int
    private var onAnswer: ((Result<ByteBuffer, Failure>) -> Void)?
    private var status = HTTPResponseStatus.ok
    private var body = ByteBuffer()

    init(limit: Int, _ onAnswer: @escaping (Result<ByteBuffer, Failure>) -> Void) {
        self.limit = limit
        self.onAnswer = onAnswer
    }

    func responseStarted(_ head: HTTPResponseHead) { status = head.status }

    func responseReceived(_ piece: ByteBuffer) {
        if body.readableBytes + piece.readableBytes <= limit { body.writeImmutableBuffer(piece) }
    }

    func responseCaughtUp() {}
    func requestWritable() {}

    func responseEnded() {
        status == .ok ? finish(.success(body)) : finish(.failure(.init(words: "it answered \(status.code)")))
    }

    func responseFailed(_ failure: HTTPCallFailure) {
        finish(.failure(.init(words: "it could not be reached")))
    }

    func finish(_ result: Result<ByteBuffer, Failure>) {
        onAnswer?(result)
        onAnswer = nil
    }
}
