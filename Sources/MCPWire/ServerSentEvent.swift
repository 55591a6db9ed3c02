import NIOCore

/// Writing a `text/event-stream` (HTML Living Standard, section 9.2).
package enum ServerSentEvent {
    /// One event of type `message` around a JSON message that holds no line break.
    package static func message(_ json: ByteBuffer, id: String? = nil) -> ByteBuffer {
        var event = ByteBuffer()
        event.reserveCapacity(json.readableBytes + 24 + (id.map { $0.utf8.count + 5 } ?? 0))
        if let id { event.writeString("id: \(id)\n") }
        event.writeStaticString("event: message\ndata: ")
        event.writeImmutableBuffer(json)
        event.writeStaticString("\n\n")
        return event
    }

    /// An event without a message (MCP 2025-11-25, Sending Messages to the Server): from now on the client has an id to
    /// come back with, and knows after how many milliseconds. Clients of older revisions can't read it.
    package static func priming(id: String, retry: Int) -> ByteBuffer {
        ByteBuffer(string: "id: \(id)\nretry: \(retry)\ndata:\n\n")
    }

    /// A comment: every client ignores it, every proxy counts it as traffic.
    package static let keepAlive = ByteBuffer(staticString: ": keep-alive\n\n")
}
