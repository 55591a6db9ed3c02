import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Sees every request at the MCP endpoint end, and tells the metrics and the request log.
final class GatewayObserver {
    /// The header by which a response names its request.
    static let requestID = "x-request-id"

    var metrics = Metrics()
    var lag = EventLoopLag()
    /// This replica as its peers reach it.
    var own = ""
    /// Seconds since 1970.
    let startedAt = WallClock.now.seconds
    private let requestLog: RequestLog?
    /// Names requests that bring no name, together with a number.
    private let prefix: String
    private var named = 0

    init(_ requestLog: RequestLog?) {
        self.requestLog = requestLog
        prefix = SessionUID.random().short
    }

    /// A request arrived.
    func follow(_ visit: Visit) {
        let headers = visit.exchange.head.headers
        visit.record.observer = self
        visit.exchange.observer = visit
        visit.name(RequestNames(headers, own: nextName))
    }

    /// A request is over, however it ended.
    func ended(_ visit: Visit, _ exchange: HTTPExchange, _ ending: HTTPEnding) {
        let outcome = visit.record.settled(exchange.status, ending)
        let time = NIODeadline.now() - visit.arrival
        metrics.count(visit.record, outcome, seconds: time.inSeconds)
        requestLog?.write(exchange, visit.record, outcome, own: own, time)
    }

    /// Hands over the lines that wait.
    func flush() { requestLog?.flush() }

    private func nextName() -> String {
        named += 1
        // Short enough to be a string without storage of its own for the first ten million requests.
        var name = prefix
        name += "-"
        name += String(named, radix: 16)
        return name
    }
}
