import MCPWire
import NIOCore

/// One stream of a session whose events are numbered and kept, so that the client can come back for them.
struct RecordedStream {
    /// Milliseconds after which a client that lost the stream comes back.
    static let retry = 1000
    /// A call that takes this long becomes a stream where the client can be primed: from then on its connection may
    /// break without costing the answer.
    static let opensAfter: TimeAmount = .seconds(2)

    let record: EventRecord
    let number: UInt32
    /// The request that the stream answers, where it is one.
    let request: MessageID?
    /// Whether the client reads events without data.
    let isPrimed: Bool

    /// The first event, for clients that can read it: it is worth no place in the record.
    var priming: ByteBuffer? {
        guard isPrimed else { return nil }
        return ServerSentEvent.priming(id: record.nextID(on: number, answering: request).text, retry: Self.retry)
    }

    /// A message as the stream's next event.
    func event(_ message: ByteBuffer, isLast: Bool) -> ByteBuffer {
        let id = record.nextID(on: number, answering: request)
        let event = ServerSentEvent.message(message, id: id.text)
        record.keep(event, as: id, isLast: isLast, now: .now())
        return event
    }
}
