import AWSOperations
import HTTPTransport
import NIOCore
import NIOHTTP1

/// One exchange with a server elsewhere, on a connection of its own and one event loop.
final class LiveWebCall: HTTPCallReceiver {
    typealias Completion = (Result<WebResponse, WebFailure>) -> Void

    private let limit: Int
    private let pool: HTTPConnectionPool
    private var status = 0
    private var headers: [WebRequest.Header] = []
    private var certificateEnd: Int?
    private var body: [UInt8] = []
    private var call: HTTPCall?
    private var timeout: Scheduled<Void>?
    private var completion: Completion?

    private init(limit: Int, pool: HTTPConnectionPool, _ completion: @escaping Completion) {
        self.limit = limit
        self.pool = pool
        self.completion = completion
    }

    /// To be called on `eventLoop`; `completion` is called there, once.
    static func start(
        _ request: WebRequest,
        authorities: String?,
        on eventLoop: any EventLoop,
        _ completion: @escaping Completion
    ) {
        guard let location = HTTPLocation(request.url), location.isSafe || request.allowsPlainHTTP else {
            return completion(.failure(WebFailure("it is no https address", mayHaveHappened: false)))
        }
        var trust: ClientTrust?
        if location.target.isSecure {
            do {
                trust = try ClientTrust(authorities: authorities)
            } catch {
                return completion(.failure(WebFailure(words(of: error), mayHaveHappened: false)))
            }
        }
        let pool = HTTPConnectionPool(eventLoop: eventLoop, connectTimeout: .seconds(10), trust: trust)
        let call = LiveWebCall(limit: request.limit, pool: pool, completion)
        call.timeout = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(request.timeout)) {
            call.finish(.failure(WebFailure("it did not answer in time", mayHaveHappened: true)))
        }
        let target = location.target
        let connected = request.connectTo.map {
            HTTPTarget(host: $0, port: target.port, isSecure: target.isSecure, name: target.host)
        }
        call.call = pool.call(
            head(of: request, to: location), body: ByteBuffer(bytes: request.body), to: connected ?? target,
            receiver: call
        )
    }

    private static func head(of request: WebRequest, to location: HTTPLocation) -> HTTPRequestHead {
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "host", value: location.authority)
        headers.replaceOrAdd(name: "accept-encoding", value: "identity")
        if request.method != "GET" { headers.replaceOrAdd(name: "content-length", value: "\(request.body.count)") }
        return HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: location.path, headers: headers
        )
    }

    private static func words(of refusal: ClientTrust.Refusal) -> String {
        switch refusal {
        case .unreadable(let file): "the file of authorities, \(file), can't be read"
        case .unavailable(let words): words
        }
    }

    func responseStarted(_ head: HTTPResponseHead) {
        status = Int(head.status.code)
        headers = head.headers.map { WebRequest.Header($0.name, $0.value) }
        certificateEnd = call?.certificateEnd
    }

    func responseReceived(_ piece: ByteBuffer) {
        guard body.count + piece.readableBytes <= limit else {
            return finish(.failure(WebFailure("it is larger than \(limit) bytes", mayHaveHappened: true)))
        }
        body.append(contentsOf: piece.readableBytesView)
    }

    func responseEnded() {
        finish(
            .success(WebResponse(status: status, headers: headers, body: body, certificateEnd: certificateEnd)))
    }

    func responseFailed(_ failure: HTTPCallFailure) {
        switch failure {
        case .unreachable(let reason): finish(.failure(WebFailure(reason, mayHaveHappened: false)))
        case .broken: finish(.failure(WebFailure("the connection broke", mayHaveHappened: true)))
        }
    }

    func responseCaughtUp() {}
    func requestWritable() {}

    private func finish(_ result: Result<WebResponse, WebFailure>) {
        guard let completion else { return }
        self.completion = nil
        timeout?.cancel()
        if case .failure = result { call?.cancel() }
        call = nil
        pool.close()
        completion(result)
    }
}
