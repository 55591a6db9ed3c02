import MCPWire
import NIOCore

/// Reads lines from one of a child's pipes.
final class ChildLines: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var splitter: LineSplitter
    private let onLine: (LineSplitter.Line) -> Void
    private let onEnd: () -> Void

    init(limit: Int, onLine: @escaping (LineSplitter.Line) -> Void, onEnd: @escaping () -> Void) {
        splitter = LineSplitter(limit: limit)
        self.onLine = onLine
        self.onEnd = onEnd
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        splitter.append(unwrapInboundIn(data))
        while let line = splitter.next() { onLine(line) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let line = splitter.finish() { onLine(line) }
        onEnd()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
