import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// A `text/event-stream` response, kept alive by comments while it has nothing to say.
///
/// The first comment goes out at once: some proxies hold the response's head back until its first byte.
final class EventStream {
    /// Bytes that may wait for a client that does not read; then its stream is cut.
    static let mostUnsent = 8 * 1024 * 1024

    /// The fields of every event stream that the gateway begins.
    static let fields: HTTPHeaders = [
        "content-type": "text/event-stream",
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
    ]

    private let exchange: HTTPExchange
    private var lastWrite = NIODeadline.now()

    init(on exchange: HTTPExchange, headers: HTTPHeaders = [:]) {
        self.exchange = exchange
        var all = Self.fields
        all.add(contentsOf: headers)
        exchange.start(.ok, all)
        exchange.write(ServerSentEvent.keepAlive)
        exchange.flush()
    }

    func send(_ message: ByteBuffer) {
        // Holding the server back instead would let one client that stopped reading block the session's live calls.
        guard exchange.isWritable || exchange.unsentBytes <= Self.mostUnsent else { return exchange.abort() }
        lastWrite = .now()
        exchange.write(ServerSentEvent.message(message))
        exchange.flush()
    }

    func finish() { exchange.finish() }

    /// Writes a comment where nothing was written for `interval`.
    func keepAlive(after interval: TimeAmount, now: NIODeadline) {
        guard now - lastWrite >= interval else { return }
        lastWrite = now
        exchange.write(ServerSentEvent.keepAlive)
        exchange.flush()
    }
}
