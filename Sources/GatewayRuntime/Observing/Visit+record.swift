import HTTPTransport
import MCPWire
import NIOHTTP1

/// What is noted of a request for whoever watches from outside.
extension Visit: HTTPExchangeObserver {
    func ended(_ exchange: HTTPExchange, _ ending: HTTPEnding) {
        noteRevision()
        record.observer?.ended(self, exchange, ending)
        record.observer = nil
    }

    /// The revision that the header names, where the body names none.
    private func noteRevision() {
        guard record.revision == nil, let named = exchange.head.headers.value("mcp-protocol-version") else { return }
        record.revision = ProtocolRevision(rawValue: named)
    }

    /// The request was read to its end, and its response will last.
    func forgetFields() {
        noteRevision()
        exchange.forgetFields()
    }

    /// Gives the request its names, and its response the header that says so.
    func name(_ names: RequestNames) {
        record.names = names
        exchange.responseField = (GatewayObserver.requestID, names.request)
    }

    /// A peer passed the request on, and has named it.
    func received() {
        record.isReceived = true
        let named = exchange.head.headers.value(Hop.request).flatMap { TraceContext.identifier($0) }
        if let named { name(RequestNames(request: named, trace: record.names.trace)) }
    }
}
