import HTTPTransport
import NIOCore
import NIOHTTP1

/// One request at the MCP endpoint, and what is known of it so far.
final class Visit {
    let exchange: HTTPExchange
    let accepts: AcceptedMedia
    let arrival = NIODeadline.now()
    /// Who asks, once that is known.
    var caller = Caller.anybody
    /// What the log and the metrics will say of it.
    var record = VisitRecord()

    init(_ exchange: HTTPExchange) {
        self.exchange = exchange
        accepts = AcceptedMedia(exchange.head.headers)
    }
}
