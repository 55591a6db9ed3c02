import HTTPTransport
import NIOCore
import NIOPosix

/// A client that writes bytes as they stand, for what a proper client would not send, and reads them as they come.
struct RawClient: Sendable {
    private let channel: any Channel
    private let pieces: Happenings<String>

    init(_ target: HTTPTarget, on loop: any EventLoop) async throws {
        let pieces = Happenings<String>()
        self.pieces = pieces
        channel = try await ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(PieceRecorder(pieces))
                }
            }
            .connect(host: target.host, port: target.port).get()
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

    func close() async throws { try await channel.close() }

    /// Reads until the text ends so, or the other side closes.
    func read(until end: String) async throws -> String {
        var text = ""
        while !text.hasSuffix(end), let piece = try await pieces.next() { text += piece }
        return text
    }

    /// Reads until the other side closes.
    func readToEnd() async throws -> String {
        var text = ""
        while let piece = try await pieces.next() { text += piece }
        return text
    }
}

private final class PieceRecorder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let pieces: Happenings<String>

    init(_ pieces: Happenings<String>) { self.pieces = pieces }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        pieces.report(String(buffer: unwrapInboundIn(data)))
    }

    func channelInactive(context: ChannelHandlerContext) { pieces.end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
