import NIOCore
import NIOHTTP1

/// One small document, fetched whole: bounded in size and time, and nowhere else than where it was asked for (no
/// redirects).
package final class HTTPFetch: HTTPCallReceiver {
    /// Why there is no document, in words for the operator.
    package enum Failure: Error, Equatable, Sendable {
        case unreachable(String)
        case broken
        case status(Int)
        case tooLarge(limit: Int)
        case timedOut

        package var words: String {
            switch self {
            case .unreachable(let reason): reason
            case .broken: "the connection broke"
            case .status(let status): "it answered \(status)"
            case .tooLarge(let limit): "it is larger than \(limit) bytes"
            case .timedOut: "it did not answer in time"
            }
        }
    }

    private let limit: Int
    private var body = ByteBuffer()
    private var status = HTTPResponseStatus.ok
    private var call: HTTPCall?
    private var timeout: Scheduled<Void>?
    private var completion: ((Result<ByteBuffer, Failure>) -> Void)?

    private init(limit: Int, _ completion: @escaping (Result<ByteBuffer, Failure>) -> Void) {
        self.limit = limit
        self.completion = completion
    }

    /// Fetches; `completion` is called once, on the pool's event loop.
    package static func start(
        _ location: HTTPLocation,
        accept: String,
        limit: Int,
        within time: TimeAmount,
        over pool: HTTPConnectionPool,
        eventLoop: any EventLoop,
        _ completion: @escaping (Result<ByteBuffer, Failure>) -> Void
    ) {
        let fetch = HTTPFetch(limit: limit, completion)
        let head = HTTPRequestHead(
            version: .http1_1,
            method: .GET,
            uri: location.path,
            headers: ["host": location.authority, "accept": accept, "accept-encoding": "identity"]
        )
        fetch.timeout = eventLoop.assumeIsolated().scheduleTask(in: time) { fetch.finish(.failure(.timedOut)) }
        fetch.call = pool.call(head, body: ByteBuffer(), to: location.target, receiver: fetch)
    }

    package func responseStarted(_ head: HTTPResponseHead) {
        status = head.status
        if status != .ok { finish(.failure(.status(Int(status.code)))) }
    }

    package func responseReceived(_ piece: ByteBuffer) {
        guard body.readableBytes + piece.readableBytes <= limit else {
            return finish(.failure(.tooLarge(limit: limit)))
        }
        body.writeImmutableBuffer(piece)
    }

    package func responseEnded() { finish(.success(body)) }

    package func responseFailed(_ failure: HTTPCallFailure) {
        switch failure {
        case .unreachable(let reason): finish(.failure(.unreachable(reason)))
        case .broken: finish(.failure(.broken))
        }
    }

    package func responseCaughtUp() {}
    package func requestWritable() {}

    private func finish(_ result: Result<ByteBuffer, Failure>) {
        guard let completion else { return }
        self.completion = nil
        timeout?.cancel()
        if case .failure = result { call?.cancel() }
        call = nil
        completion(result)
    }
}
