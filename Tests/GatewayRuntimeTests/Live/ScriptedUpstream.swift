import NIOCore
import NIOPosix
import Synchronization

@testable import GatewayRuntime

/// An HTTP server that answers each request with bytes that the test chose, whole or broken.
final class ScriptedUpstream: Sendable {
    struct Request: Sendable {
        /// Request line and fields, in lower case.
        let head: String
        let body: String

        var method: String { String(head.prefix { $0 != " " }) }
        func field(_ name: String) -> String? {
            head.split(separator: "\r\n").first { $0.hasPrefix("\(name):") }
                .map { $0.dropFirst(name.count + 1).trimmingPrefix(" ") }.map(String.init)
        }
        /// The `id` of the message, as JSON.
        var id: String { body.firstMatch(of: /"id":([^,}]*)/).map { String($0.1) } ?? "null" }
        var isInitialize: Bool { body.contains(#""method":"initialize""#) }
    }

    enum Step: Sendable {
        case say(String)
        case wait(TimeAmount)
        case close
    }

    private let seen = Mutex<[Request]>([])
    private let answer: @Sendable (Request, _ before: [Request]) -> [Step]
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    var requests: [Request] { seen.withLock { $0 } }

    private init(_ answer: @escaping @Sendable (Request, [Request]) -> [Step]) { self.answer = answer }

    /// Runs `test` with the address of a server that answers as `answer` says, given the requests before.
    static func run(
        answering answer: @escaping @Sendable (Request, _ before: [Request]) -> [Step],
        _ test: (ScriptedUpstream, UpstreamConfiguration) async throws -> Void
    ) async throws {
        let upstream = ScriptedUpstream(answer)
        do {
            let channel = try await ServerBootstrap(group: upstream.group)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Speaker(upstream))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            let place = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/mcp"
            guard let address = UpstreamAddress(place) else { return }
            try await test(upstream, UpstreamConfiguration(address: address))
        } catch {
            try? await upstream.group.shutdownGracefully()
            throw error
        }
        try await upstream.group.shutdownGracefully()
    }

    fileprivate func steps(for request: Request) -> [Step] {
        let before = seen.withLock { all in
            defer { all.append(request) }
            return all
        }
        return answer(request, before)
    }

    /// A whole JSON answer.
    static func json(_ body: String, status: String = "200 OK", _ fields: String...) -> Step {
        let all = ["content-type: application/json", "content-length: \(body.utf8.count)"] + fields
        return .say("HTTP/1.1 \(status)\r\n\(all.joined(separator: "\r\n"))\r\n\r\n\(body)")
    }

    static func initialized(_ request: Request, session: String?) -> Step {
        let result = #"{"jsonrpc":"2.0","id":\#(request.id),"result":{"protocolVersion":"2025-06-18"}}"#
        return session.map { json(result, "mcp-session-id: \($0)") } ?? json(result)
    }

    static let accepted = Step.say("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
    static let streamHead = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"

    static func chunk(_ text: String) -> String { "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n" }
}

/// Reads requests one after another and carries their steps out.
private final class Speaker: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let upstream: ScriptedUpstream
    private var text = ""

    init(_ upstream: ScriptedUpstream) { self.upstream = upstream }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        text += String(buffer: unwrapInboundIn(data))
        while let end = text.firstRange(of: "\r\n\r\n") {
            let head = text[..<end.lowerBound].lowercased()
            let length = head.firstMatch(of: /content-length: *(\d+)/).flatMap { Int($0.1) } ?? 0
            let body = text[end.upperBound...]
            guard body.utf8.count >= length else { return }
            let request = ScriptedUpstream.Request(head: head, body: String(body.prefix(length)))
            text = String(body.dropFirst(length))
            perform(upstream.steps(for: request)[...], context)
        }
    }

    private func perform(_ steps: ArraySlice<ScriptedUpstream.Step>, _ context: ChannelHandlerContext) {
        guard let step = steps.first else { return }
        let rest = steps.dropFirst()
        switch step {
        case .say(let words):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: words)), promise: nil)
            perform(rest, context)
        case .wait(let time):
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: time) { bound.value.0.perform(rest, bound.value.1) }
        case .close: context.close(promise: nil)
        }
    }
}
