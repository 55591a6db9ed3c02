import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(3))) struct `A link` {
    /// A server whose path `/link` is one, and which tells of every other request, and of every client that leaves.
    private struct Peer: Sendable {
        let net: Loopback
        let server: LiveServer

        static func run(
            refuses: Bool = false,
            _ answer: @escaping @Sendable (HTTPExchange, any EventLoop) -> Void,
            _ test: @Sendable (Peer) async throws -> Void
        ) async throws {
            try await Loopback.run { net in
                let box = NIOLoopBoundBox.makeEmptyBox(valueType: HTTPServer.self, eventLoop: net.loop)
                let server = try await net.serve { exchange in
                    guard exchange.path == "/link" else { return answer(exchange, net.loop) }
                    refuses ? exchange.respond(.notFound) : box.value?.link(exchange)
                }
                try await net.loop.submit { box.value = server.server.value }.get()
                let peer = Peer(net: net, server: server)
                // The first call goes its own way while the link opens.
                #expect(try await peer.call("/first").answer().status == .ok)
                if !refuses { try await peer.eventually { $0.busyCount == 0 && $0.connectionCount == 2 } }
                try await net.settle()
                try await test(peer)
            }
        }

        func call(_ path: String, _ body: String = "") async throws -> LiveCall {
            let events = Happenings<LiveCall.Event>()
            let head = HTTPRequestHead(
                version: .http1_1, method: .POST, uri: path, headers: ["content-length": "\(body.utf8.count)"])
            let call = try await net.loop.submit { [net, server] in
                let call = net.pool.value.call(
                    head, body: ByteBuffer(string: body), to: server.target, receiver: CallRecorder(events)
                ) {
                    HTTPRequestHead(version: .http1_1, method: .POST, uri: "/link", headers: ["host": "peer"])
                }
                return NIOLoopBound(call, eventLoop: net.loop)
            }.get()
            return LiveCall(loop: net.loop, call: call, events: events)
        }

        func eventually(_ condition: @escaping @Sendable (HTTPServer) -> Bool) async throws {
            for _ in 1...500 {
                if try await server.use(condition) { return }
                try await Task.sleep(for: .milliseconds(10))
            }
            Issue.record("it did not come about")
        }
    }

    private static let echo: @Sendable (HTTPExchange, any EventLoop) -> Void = { exchange, _ in
        exchange.echo(limit: 1 << 20)
    }

    @Test func `carries many calls at a time on one connection, each with its own answer`() async throws {
        try await Peer.run(Self.echo) { peer in
            var calls: [LiveCall] = []
            for number in 1...200 { calls.append(try await peer.call("/", "call \(number)")) }
            for (index, call) in calls.enumerated() {
                let answer = try await call.answer()
                #expect(answer.status == .ok && answer.body == "call \(index + 1)")
                #expect(answer.headers["content-length"] == ["\(answer.body.utf8.count)"])
            }
            #expect(try await peer.server.connectionCount == 2)
            #expect(try await peer.server.use { $0.busyCount } == 0)
        }
    }

    @Test func `leaves a large body to a connection of its own`() async throws {
        try await Peer.run(Self.echo) { peer in
            let large = String(repeating: "x", count: 64 * 1024 + 1)
            let largest = String(large.dropLast(500))
            let answers = (try await peer.call("/", large).answer(), try await peer.call("/", largest).answer())
            #expect(answers.0.body == large && answers.1.body == largest)
        }
    }

    @Test func `brings an answer of megabytes in pieces, and others between them`() async throws {
        let large = String(repeating: "0123456789", count: 300_000)
        try await Peer.run({ exchange, _ in
            exchange.respond(.ok, body: ByteBuffer(string: exchange.path == "/large" ? large : "small"))
        }) { peer in
            let (first, second) = (try await peer.call("/large"), try await peer.call("/"))
            let answers = (try await first.answer(), try await second.answer())
            #expect(answers.0.body == large && answers.1.body == "small")
            #expect(try await peer.server.connectionCount == 2)
        }
    }

    @Test func `is not asked for again where it was refused, and calls go their own way`() async throws {
        let asked = Happenings<Void>()
        try await Peer.run(
            refuses: true,
            { exchange, _ in
                asked.report(())
                exchange.echo(limit: 1 << 20)
            }
        ) { peer in
            for _ in 1...3 {
                let answer = try await peer.call("/", "x").answer()
                #expect(answer.body == "x")
            }
            #expect(await asked.rest().count == 4)
        }
    }

    @Test func `ends one call and no other where its caller or its server gives it up`() async throws {
        let held = Happenings<Void>()
        let left = Happenings<Void>()
        try await Peer.run({ exchange, _ in
            switch exchange.path {
            case "/held":
                exchange.onDisconnect = { left.report(()) }
                held.report(())
            case "/cut":
                exchange.start(.ok, [:])
                exchange.write(ByteBuffer(string: "part"))
                exchange.abort()
            default: exchange.echo(limit: 1 << 20)
            }
        }) { peer in
            let call = try await peer.call("/held")
            _ = try await held.next()
            #expect(try await peer.server.use { $0.busyCount } == 1)
            try await call.cancel()
            _ = try await left.next()
            #expect(try await peer.call("/cut").failure() == .broken)
            #expect(try await peer.call("/", "on").answer().body == "on")
            #expect(try await peer.server.use { $0.busyCount } == 0)
        }
    }

    @Test func `passes an answer on piece by piece, and pauses one alone`() async throws {
        let streams = Happenings<Void>()
        let box = Happenings<NIOLoopBound<HTTPExchange>>()
        try await Peer.run({ exchange, loop in
            guard exchange.path == "/stream" else { return exchange.echo(limit: 1 << 20) }
            exchange.start(.ok, ["content-type": "text/event-stream"])
            exchange.write(ByteBuffer(string: "one"))
            exchange.flush()
            exchange.onWritable = { streams.report(()) }
            box.report(NIOLoopBound(exchange, eventLoop: loop))
        }) { peer in
            let call = try await peer.call("/stream")
            guard case .head(let head)? = try await call.events.next() else { Issue.record("no head"); return }
            #expect(head.headers["content-type"] == ["text/event-stream"])
            #expect(try await call.events.next() == .piece("one"))
            let stream = try #require(try await box.next())
            #expect(try await peer.server.use { $0.openStreamCount } == 1)
            try await call.use { $0.setResponsePaused(true) }
            try await peer.eventually { _ in !stream.value.isWritable }
            try await peer.net.loop.submit { stream.value.write(ByteBuffer(string: "two")) }.get()
            #expect(try await peer.net.loop.submit { stream.value.unsentBytes }.get() >= 3)
            #expect(try await peer.call("/", "meanwhile").answer().body == "meanwhile")
            try await call.use { $0.setResponsePaused(false) }
            _ = try await streams.next()
            try await peer.net.loop.submit {
                #expect(stream.value.isWritable)
                stream.value.finish()
            }.get()
            #expect(try await call.events.next() == .piece("two"))
            #expect(try await call.events.next() == .end)
        }
    }

    @Test func `breaks its calls with itself, and another one takes its place`() async throws {
        let left = Happenings<Void>()
        try await Peer.run({ exchange, _ in
            guard exchange.path == "/held" else { return exchange.echo(limit: 1 << 20) }
            exchange.onDisconnect = { left.report(()) }
        }) { peer in
            let call = try await peer.call("/held")
            try await peer.eventually { $0.busyCount == 1 }
            try await peer.net.loop.submit { [peer] in peer.net.pool.value.closeLink(peer.server.target) }.get()
            #expect(try await call.failure() == .broken)
            _ = try await left.next()
            #expect(try await peer.call("/", "plain").answer().body == "plain")
            try await peer.eventually { $0.busyCount == 0 }
        }
    }

    @Test func `takes no further calls once its server leaves, and ends with the last`() async throws {
        let held = Happenings<NIOLoopBound<HTTPExchange>>()
        try await Peer.run({ exchange, loop in
            guard exchange.path == "/held" else { return exchange.echo(limit: 1 << 20) }
            held.report(NIOLoopBound(exchange, eventLoop: loop))
        }) { peer in
            let call = try await peer.call("/held")
            let exchange = try #require(try await held.next())
            try await peer.net.loop.submit { [peer] in peer.net.pool.value.closeResting(peer.server.target) }.get()
            #expect(try await peer.call("/", "plain").answer().body == "plain")
            #expect(try await peer.server.connectionCount == 2)
            try await peer.net.loop.submit { exchange.value.respond(.accepted) }.get()
            #expect(try await call.answer().status == .accepted)
            try await peer.eventually { $0.connectionCount == 1 }
        }
    }

    @Test func `breaks off where what comes is no link's`() async throws {
        try await Peer.run(Self.echo) { peer in
            let strange = try await peer.net.start(
                .POST, "/link", ["transfer-encoding": "chunked"], to: peer.server.target)
            try await strange.send("this is no frame, and long enough to be read as one")
            #expect(try await strange.failure() == .broken)
            #expect(try await peer.call("/", "on").answer().body == "on")
        }
    }
}
