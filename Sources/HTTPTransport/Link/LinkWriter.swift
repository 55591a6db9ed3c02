import NIOCore

/// Puts the frames together that one side of a link says in one turn of the event loop: they are one write.
final class LinkWriter {
    private let eventLoop: any EventLoop
    private let write: (ByteBuffer) -> Void
    private var waiting = ByteBuffer()

    /// - Parameter write: takes bytes to the other side.
    init(eventLoop: any EventLoop, write: @escaping (ByteBuffer) -> Void) {
        self.eventLoop = eventLoop
        self.write = write
    }

    var waitingBytes: Int { waiting.readableBytes }

    /// Queues a frame whose payload `payload` puts into the buffer.
    func send(_ kind: LinkFrame.Kind, _ exchange: UInt32, _ payload: (inout ByteBuffer) -> Void = { _ in }) {
        if waiting.readableBytes == 0 { eventLoop.assumeIsolated().execute { self.flush() } }
        waiting.writeFrame(kind, exchange, payload)
    }

    private func flush() {
        let bytes = waiting
        waiting = ByteBuffer()
        write(bytes)
    }
}
