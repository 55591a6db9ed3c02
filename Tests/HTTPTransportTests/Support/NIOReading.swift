import NIOCore
import NIOHTTP1
import NIOPosix

/// NIO's own decoder at the other end of a connection: it says what it read.
struct NIOReading {
    private let loop: any EventLoop
    private let port: Int
    private let read: Happenings<ReadMessages>

    static func serve(on loop: any EventLoop) async throws -> NIOReading {
        let read = Happenings<ReadMessages>()
        let listener = try await ServerBootstrap(group: loop)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
                    try channel.pipeline.syncOperations.addHandler(decoder)
                    try channel.pipeline.syncOperations.addHandler(PartRecorder(read))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return NIOReading(loop: loop, port: listener.localAddress?.port ?? 0, read)
    }

    private init(loop: any EventLoop, port: Int, _ read: Happenings<ReadMessages>) {
        self.loop = loop
        self.port = port
        self.read = read
    }

    /// Sends the bytes, says that there are no more, and waits for what was made of them.
    func read(_ bytes: [UInt8]) async throws -> ReadMessages {
        let channel = try await ClientBootstrap(group: loop).connect(host: "127.0.0.1", port: port).get()
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes))  // who has refused part of it may have closed
        try? await channel.close(mode: .output)  // the same
        let messages = try await read.next() ?? ReadMessages()
        try? await channel.close()  // the other side may have been first
        return messages
    }
}

/// Notes what a decoder hands over, until its input ends or it gives up.
private final class PartRecorder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let read: Happenings<ReadMessages>
    private var messages = ReadMessages()
    private var isOver = false

    init(_ read: Happenings<ReadMessages>) { self.read = read }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            messages.head(
                "\(head.method) \(head.uri)",
                HTTPHeaders(head.headers.map { ($0.name.lowercased(), $0.value) })
            )
        case .body(let bytes): messages.body(bytes)
        case .end: messages.end()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { finish(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        messages.fault("\(error)")
        finish(context)
    }

    func channelInactive(context: ChannelHandlerContext) { finish(context) }

    private func finish(_ context: ChannelHandlerContext) {
        guard !isOver else { return }
        isOver = true
        messages.flush()
        read.report(messages)
        context.close(promise: nil)
    }
}
