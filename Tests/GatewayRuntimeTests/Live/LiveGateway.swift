import HTTPTransport
import Logging
import MCPWire
import NIOCore
import NIOHTTP1
import NIOPosix

@testable import GatewayRuntime

/// A gateway in this process, in front of a shell script, on an event loop that ends with the test.
struct LiveGateway: Sendable {
    struct Answer: Sendable {
        let status: HTTPResponseStatus
        let headers: HTTPHeaders
        let body: String
    }

    let loop: any EventLoop
    let gateway: NIOLoopBound<Gateway>
    let target: HTTPTarget

    static let initialize = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\
        "clientInfo":{"name":"test","version":"1"}}}
        """

    static func run(
        _ script: String,
        configure: @Sendable (inout GatewayConfiguration) -> Void = { _ in },
        _ test: (LiveGateway) async throws -> Void
    ) async throws {
        let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
        var configuration = GatewayConfiguration(
            command: ["sh", "-c", script],
            environment: environment,
            keys: .random()
        )
        configuration.port = 0
        configure(&configuration)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let live = try await LiveGateway(configuration, on: group.next())
            try await test(live)
            try await live.loop.submit { live.gateway.value.abandon() }.get()
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private init(_ configuration: GatewayConfiguration, on loop: any EventLoop) async throws {
        let log = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let gateway = try await loop.submit {
            NIOLoopBound(Gateway(configuration, eventLoop: loop, log: log), eventLoop: loop)
        }.get()
        let address = try await loop.flatSubmit { gateway.value.start() }.get()
        self.loop = loop
        self.gateway = gateway
        target = HTTPTarget(host: "127.0.0.1", port: address.port ?? 0)
    }

    /// What `/health` counts.
    func counts() async throws -> (sessions: Int, children: Int) {
        try await loop.submit { [gateway] in
            (gateway.value.sessions.count, gateway.value.reaper.childCount)
        }.get()
    }

    /// Asks for a page.
    func get(_ path: String) async throws -> Answer {
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: ["host": "\(target)"])
        return try await loop.flatSubmit { [loop, gateway, target] in
            let recorder = AnswerRecorder(loop.makePromise(of: Answer.self))
            gateway.value.pool.call(head, body: ByteBuffer(), to: target, receiver: recorder)
            return recorder.answer.futureResult
        }.get()
    }

    /// Posts a message. `leaving` gives the answer up after that long.
    func post(_ message: String, session: String? = nil, leaving: TimeAmount? = nil) async throws -> Answer {
        let headers: HTTPHeaders = [
            "content-type": "application/json", "accept": "application/json, text/event-stream",
            "content-length": "\(message.utf8.count)",
        ]
        return try await send(.POST, message, session: session, headers, leaving: leaving)
    }

    /// Sends any request.
    func send(
        _ method: HTTPMethod,
        _ message: String = "",
        path: String = "/mcp",
        session: String? = nil,
        _ fields: HTTPHeaders = [:],
        leaving: TimeAmount? = nil
    ) async throws -> Answer {
        var headers = fields
        headers.add(name: "host", value: "\(target)")
        if let session { headers.add(name: "mcp-session-id", value: session) }
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
        let body = ByteBuffer(string: message)
        return try await loop.flatSubmit { [loop, gateway, target] in
            let recorder = AnswerRecorder(loop.makePromise(of: Answer.self))
            let call = gateway.value.pool.call(head, body: body, to: target, receiver: recorder)
            if let leaving {
                gateway.value.later(leaving) {
                    call.cancel()
                    recorder.fail()
                }
            }
            return recorder.answer.futureResult
        }.get()
    }
}

/// Gathers the answer to one call.
private final class AnswerRecorder: HTTPCallReceiver {
    struct Left: Error {}

    let answer: EventLoopPromise<LiveGateway.Answer>
    private var head: HTTPResponseHead?
    private var body = ByteBuffer()

    init(_ answer: EventLoopPromise<LiveGateway.Answer>) { self.answer = answer }

    func fail() { answer.fail(Left()) }
    func responseStarted(_ head: HTTPResponseHead) { self.head = head }
    func responseReceived(_ piece: ByteBuffer) { body.writeImmutableBuffer(piece) }
    func responseCaughtUp() {}
    func requestWritable() {}
    func responseFailed(_ failure: HTTPCallFailure) { answer.fail(failure) }

    func responseEnded() {
        let whole = LiveGateway.Answer(
            status: head?.status ?? .internalServerError,
            headers: head?.headers ?? [:],
            body: String(buffer: body)
        )
        answer.succeed(whole)
    }
}
