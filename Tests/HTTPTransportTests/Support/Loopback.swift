import HTTPTransport
import NIOCore
import NIOHTTP1
import NIOPosix

/// One event loop with servers and a pool on it; all of it ends with the test.
struct Loopback: Sendable {
    let loop: any EventLoop
    let pool: NIOLoopBound<HTTPConnectionPool>

    static func run(_ test: (Loopback) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        do {
            let pool = try await loop.submit {
                NIOLoopBound(HTTPConnectionPool(eventLoop: loop, connectTimeout: .seconds(2)), eventLoop: loop)
            }.get()
            try await test(Loopback(loop: loop, pool: pool))
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    /// Starts a server on a free port, whose requests `answer` answers.
    func serve(
        limits: HTTPServerLimits = HTTPServerLimits(),
        _ answer: @escaping @Sendable (HTTPExchange) -> Void
    ) async throws -> LiveServer {
        let loop = loop
        let server = try await loop.submit {
            let application = ClosureApplication(answer)
            let server = HTTPServer(eventLoop: loop, limits: limits, application: application)
            return NIOLoopBound(server, eventLoop: loop)
        }.get()
        let address = try await loop.flatSubmit { server.value.bind(host: "127.0.0.1", port: 0) }.get()
        return LiveServer(loop: loop, server: server, port: address.port ?? 0)
    }

    /// Starts a server that answers the first bytes of every connection with `text` as it stands.
    func serveRaw(_ text: String, thenCloses: Bool) async throws -> HTTPTarget {
        let channel = try await ServerBootstrap(group: loop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(RawAnswer(text, thenCloses: thenCloses))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return HTTPTarget(host: "127.0.0.1", port: channel.localAddress?.port ?? 0)
    }

    /// Starts a call on the loop's pool. Where its fields announce a body, the body follows through the call.
    func start(
        _ method: HTTPMethod = .GET,
        _ path: String = "/",
        _ headers: HTTPHeaders = [:],
        to target: HTTPTarget
    ) async throws -> LiveCall {
        let events = Happenings<LiveCall.Event>()
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
        let hasBody = headers.contains(name: "content-length") || headers.contains(name: "transfer-encoding")
        let call = try await loop.submit { [loop, pool] in
            let call = pool.value.call(head, to: target, receiver: CallRecorder(events))
            if !hasBody { call.endRequest() }
            return NIOLoopBound(call, eventLoop: loop)
        }.get()
        return LiveCall(loop: loop, call: call, events: events)
    }

    /// Makes a whole call and waits for its whole answer.
    func call(
        _ method: HTTPMethod = .GET,
        _ path: String = "/",
        _ headers: HTTPHeaders = [:],
        body: String? = nil,
        to target: HTTPTarget
    ) async throws -> LiveCall.Answer {
        var headers = headers
        if let body { headers.replaceOrAdd(name: "content-length", value: "\(body.utf8.count)") }
        let call = try await start(method, path, headers, to: target)
        if let body { try await call.finish(body) }
        return try await call.answer()
    }

    /// Lets everything that the kernel already holds for this loop reach it.
    func settle() async throws {
        let server = try await serve { $0.respond(.ok) }
        for _ in 1...3 { _ = try await call(to: server.target) }
        try await server.use { $0.close() }
    }
}

private final class ClosureApplication: HTTPApplication {
    private let answer: (HTTPExchange) -> Void

    init(_ answer: @escaping (HTTPExchange) -> Void) { self.answer = answer }

    func begin(_ exchange: HTTPExchange) { answer(exchange) }
}

private final class RawAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let text: String
    private let closes: Bool

    init(_ text: String, thenCloses closes: Bool) {
        self.text = text
        self.closes = closes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        if closes { context.close(promise: nil) }
    }
}
