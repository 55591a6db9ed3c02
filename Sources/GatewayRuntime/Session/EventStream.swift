import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// A `text/event-stream` response, kept alive by comments while it has nothing to say.
///
/// The first comment goes out at once: some proxies hold the response's head back until its first byte.
///
/// A recorded stream outlives its connection: its client comes back with the id of the last event it got.
final class EventStream {
    /// Bytes that may wait for a client that does not read; then its stream is cut.
    static let mostUnsent = 8 * 1024 * 1024

    /// The fields of every event stream that the gateway begins.
    static let fields: HTTPHeaders = [
        "content-type": "text/event-stream",
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
    ]

    /// The connection; `nil` while the client is away.
    private(set) var exchange: HTTPExchange?
    private let recorded: RecordedStream?
    private var lastWrite = NIODeadline.now()

    /// - Parameter last: the last event that the client has, where it comes back.
    init(
        on exchange: HTTPExchange,
        headers: HTTPHeaders = [:],
        recorded: RecordedStream? = nil,
        after last: EventID? = nil
    ) {
        self.recorded = recorded
        open(exchange, headers, after: last)
    }

    /// Whether the client can come back for what it misses.
    var isRecorded: Bool { recorded != nil }

    private func open(_ exchange: HTTPExchange, _ headers: HTTPHeaders, after last: EventID?) {
        self.exchange = exchange
        lastWrite = .now()
        var all = Self.fields
        all.add(contentsOf: headers)
        exchange.start(.ok, all)
        exchange.write(ServerSentEvent.keepAlive)
        if let last, let recorded {
            for event in recorded.record.events(after: last).events { exchange.write(event) }
        } else if let priming = recorded?.priming {
            exchange.write(priming)
        }
        exchange.flush()
    }

    /// Sends a message; `isLast` where none follows.
    func send(_ message: ByteBuffer, isLast: Bool = false) {
        write(recorded?.event(message, isLast: isLast) ?? ServerSentEvent.message(message))
    }

    /// Sends a message that nobody comes back for.
    func sendUnrecorded(_ message: ByteBuffer) { write(ServerSentEvent.message(message)) }

    private func write(_ event: ByteBuffer) {
        guard let exchange else { return }
        // Holding the server back instead would let one client that stopped reading block the session's live calls.
        guard exchange.isWritable || exchange.unsentBytes <= Self.mostUnsent else { return exchange.abort() }
        lastWrite = .now()
        exchange.write(event)
        exchange.flush()
    }

    func finish() { exchange?.finish() }

    /// The client left; what is sent from now on waits for it.
    func detach() { exchange = nil }

    /// The client came back. Its old connection, which it may have lost without anybody noticing, is given up.
    func attach(to exchange: HTTPExchange, after last: EventID) {
        let former = self.exchange
        former?.onDisconnect = nil
        former?.finish()
        open(exchange, [:], after: last)
    }

    /// Writes a comment where nothing was written for `interval`.
    func keepAlive(after interval: TimeAmount, now: NIODeadline) {
        guard let exchange, now - lastWrite >= interval else { return }
        lastWrite = now
        exchange.write(ServerSentEvent.keepAlive)
        exchange.flush()
    }
}
