import HTTPTransport
import NIOCore
import NIOHTTP1

/// `GET /metrics` on a port of its own, so that the balancer in front of the MCP endpoint never shows it.
final class MetricsServer: HTTPApplication {
    /// Whoever scrapes needs one.
    static let mostConnections = 64

    private let families: () -> [MetricFamily]
    private var server: HTTPServer?

    /// - Parameter families: what is known at the moment of the question.
    init(_ families: @escaping () -> [MetricFamily]) { self.families = families }

    /// Listens. The future's value is the address.
    func start(at target: HTTPTarget, eventLoop: any EventLoop) -> EventLoopFuture<SocketAddress> {
        var limits = HTTPServerLimits()
        limits.connections = Self.mostConnections
        let server = HTTPServer(eventLoop: eventLoop, limits: limits, application: self)
        self.server = server
        return server.bind(host: target.host, port: target.port)
    }

    func begin(_ exchange: HTTPExchange) {
        exchange.discardBody()
        guard exchange.path == "/metrics" else { return exchange.refuse(.noSuchPath) }
        guard [.GET, .HEAD].contains(exchange.head.method) else {
            return exchange.refuse(.methodNotAllowed(allow: "GET"))
        }
        let page = ByteBuffer(string: PrometheusText.page(families()))
        exchange.respond(.ok, ["content-type": PrometheusText.mediaType], body: page)
    }

    func close() {
        server?.close()
        server = nil
    }
}
