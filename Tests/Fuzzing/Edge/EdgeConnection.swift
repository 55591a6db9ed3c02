import NIOCore
import NIOPosix
import Synchronization

/// A client's connection of raw bytes.
struct EdgeConnection: Sendable {
    private let channel: any Channel
    private let received: ReceivedBytes

    init(port: Int, on group: any EventLoopGroup) async throws {
        let received = ReceivedBytes()
        channel = try await ClientBootstrap(group: group)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.allowRemoteHalfClosure, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ByteCollector(received))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        self.received = received
    }

    /// Writes pieces, each in a segment of its own as far as the system lets it; a connection that broke is no error.
    func send(_ pieces: [ArraySlice<UInt8>], pausing pause: Bool) async {
        for piece in pieces where !piece.isEmpty {
            try? await channel.writeAndFlush(ByteBuffer(bytes: piece)).get()
            if pause { await Task.yield() }
        }
    }

    func endOutput() async { try? await channel.close(mode: .output).get() }

    /// What arrived until the other side closed, or until `patience` was over, and whether it closed.
    func response(within patience: TimeAmount) async -> (bytes: [UInt8], isWhole: Bool) {
        let timer = channel.eventLoop.scheduleTask(in: patience) { [channel, received] in
            received.isCut.store(true, ordering: .relaxed)
            channel.close(promise: nil)
        }
        try? await channel.closeFuture.get()
        timer.cancel()
        return (received.all, !received.isCut.load(ordering: .relaxed))
    }
}

/// What one connection received.
private final class ReceivedBytes: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    /// Whether this side closed because its patience was over.
    let isCut = Atomic(false)

    var all: [UInt8] { bytes.withLock { $0 } }

    func append(_ buffer: ByteBuffer) { bytes.withLock { $0 += Array(buffer.readableBytesView) } }
}

private final class ByteCollector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let received: ReceivedBytes

    init(_ received: ReceivedBytes) { self.received = received }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { received.append(unwrapInboundIn(data)) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
