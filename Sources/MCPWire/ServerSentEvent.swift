import NIOCore

/// Writing a `text/event-stream` (HTML Living Standard, section 9.2).
package enum ServerSentEvent {
    /// One event of type `message` around a JSON message that holds no line break.
    package static func message(_ json: ByteBuffer) -> ByteBuffer {
        var event = ByteBuffer()
        event.reserveCapacity(json.readableBytes + 24)
        event.writeStaticString("event: message\ndata: ")
        event.writeImmutableBuffer(json)
        event.writeStaticString("\n\n")
        return event
    }

    /// A comment: every client ignores it, every proxy counts it as traffic.
    package static let keepAlive = ByteBuffer(staticString: ": keep-alive\n\n")
}
