import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// A balancer as plain as the one in AWS: it deals requests round robin, asks `/health`, and knows nothing of
/// sessions. What works behind it works behind any.
final class Balancer: HTTPApplication {
    /// Bytes of one request, which is kept whole so that it can go to the next replica when one can't be reached.
    private static let requestLimit = 64 * 1024 * 1024

    private let members: [HTTPTarget]
    private let pool: HTTPConnectionPool
    private let eventLoop: any EventLoop
    private var rotation: Rotation
    private var server: HTTPServer?
    private var inspection: RepeatedTask?
    private var onComplete: (() -> Void)?

    /// To be made on `eventLoop`, and used there only.
    init(_ members: [HTTPTarget], eventLoop: any EventLoop) {
        self.members = members
        self.eventLoop = eventLoop
        rotation = Rotation(members)
        pool = HTTPConnectionPool(eventLoop: eventLoop, connectTimeout: .seconds(1))
    }

    /// Listens on the loopback address. The future's value is the port.
    func start(port: Int, onComplete: @escaping () -> Void) -> EventLoopFuture<Int> {
        self.onComplete = onComplete
        let server = HTTPServer(eventLoop: eventLoop, limits: HTTPServerLimits(), application: self)
        self.server = server
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        return server.bind(host: "127.0.0.1", port: port).map { address in
            bound.value.inspect()
            bound.value.inspection = bound.value.eventLoop.repeatedly(every: .milliseconds(250)) {
                bound.value.inspect()
            }
            return address.port ?? port
        }
    }

    func close() {
        inspection?.cancel()
        server?.close()
        pool.close()
    }

    func begin(_ exchange: HTTPExchange) {
        exchange.collectBody(limit: Self.requestLimit) { body in
            switch body {
            case .success(let bytes): self.deal(exchange, bytes, tried: [])
            case .failure(.tooLarge): self.refuse(exchange, .payloadTooLarge, "the request is too large")
            case .failure(.overloaded): self.refuse(exchange, .serviceUnavailable, "too much is being read")
            case .failure(.disconnected): break
            }
        }
    }

    private func deal(_ exchange: HTTPExchange, _ body: ByteBuffer, tried: Set<HTTPTarget>) {
        guard let member = rotation.next(except: tried) else {
            return refuse(exchange, .serviceUnavailable, "no replica is healthy")
        }
        HTTPRelay.start(exchange, as: exchange.head, body: .collected(body), to: member, over: pool) { failure in
            self.rotation.mark(member, isHealthy: false)
            switch failure {
            case .call(.unreachable): self.deal(exchange, body, tried: tried.union([member]))
            case .call(.broken), .declined: self.broke(exchange, body)
            }
        }
    }

    /// The replica ended under a request. A balancer in AWS answers 502, which ends the session of many a client; this
    /// one says what happened in the client's own terms.
    private func broke(_ exchange: HTTPExchange, _ body: ByteBuffer) {
        guard let id = (try? ScannedMessage(scanning: body))?.envelope.id else {  // no call: nobody waits for an answer
            if exchange.hasResponse { return exchange.abort() }
            return refuse(exchange, .badGateway, "the replica ended before it answered")
        }
        let error = JSONRPCError(
            code: JSONRPCError.internalError,
            message: "The replica ended during this call; whether it was carried out is not known."
        )
        let words = error.response(to: id)
        if exchange.isEventStream { return exchange.endEventStream(with: [ServerSentEvent.message(words)]) }
        if exchange.hasResponse { return exchange.abort() }
        exchange.respond(.ok, ["content-type": "application/json"], body: words)
    }

    private func refuse(_ exchange: HTTPExchange, _ status: HTTPResponseStatus, _ words: String) {
        exchange.respond(status, ["content-type": "text/plain"], body: ByteBuffer(string: "Balancer: \(words).\n"))
    }

    private func inspect() {
        for member in members {
            HealthProbe.start(member, over: pool, eventLoop: eventLoop) { [weak self] isHealthy in
                self?.found(member, isHealthy: isHealthy)
            }
        }
    }

    private func found(_ member: HTTPTarget, isHealthy: Bool) {
        rotation.mark(member, isHealthy: isHealthy)
        if !isHealthy { pool.closeResting(member) }
        guard rotation.isComplete else { return }
        onComplete?()
        onComplete = nil
    }
}
