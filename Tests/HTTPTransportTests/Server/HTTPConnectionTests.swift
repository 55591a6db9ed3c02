import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(3))) struct `A server's connection` {
    @Test func `serves fifty calls one after another`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.echo(limit: 100) }
            for number in 1...50 {
                #expect(try await net.call(.POST, body: "\(number)", to: server.target).body == "\(number)")
            }
            let serverConnections = try await server.connectionCount
            #expect(serverConnections == 1)
        }
    }

    @Test func `is one of two where two calls are under way`() async throws {
        try await Loopback.run { net in
            let held = NIOLoopBoundBox.makeBoxSendingValue(0, eventLoop: net.loop)
            let first = NIOLoopBoundBox.makeEmptyBox(valueType: HTTPExchange.self, eventLoop: net.loop)
            let server = try await net.serve { exchange in
                held.value += 1
                guard held.value == 2 else { return first.value = exchange }
                first.value?.respond(.ok)
                exchange.respond(.ok)
            }
            let calls = try await [net.start(to: server.target), net.start(to: server.target)]
            for call in calls { #expect(try await call.answer().status == .ok) }
            let serverConnections = try await server.connectionCount
            #expect(serverConnections == 2)
        }
    }

    @Test(arguments: ["GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"])
    func `closes after the answer where the client asks for it`(request: String) async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.respond(.ok, body: ByteBuffer(string: "hello")) }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send(request)
            let text = try await client.readToEnd()
            #expect(text.lowercased().contains("connection: close\r\n"))
            #expect(text.hasSuffix("\r\n\r\nhello"))
        }
    }

    @Test func `tells a client that waits for it that its body is welcome`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.echo(limit: 100) }
            let client = try await RawClient(server.target, on: net.loop)
            for _ in 1...2 {
                try await client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\n")
                #expect(try await client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
                try await client.send("hello")
                #expect(try await client.read(until: "hello").hasPrefix("HTTP/1.1 200 OK\r\n"))
            }
        }
    }

    @Test func `does not welcome a body that it refuses`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.echo(limit: 4) }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\n")
            #expect(try await client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test(arguments: [
        "NONSENSE\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ])
    func `answers a malformed request with 400 and goes on with others`(request: String) async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.echo(limit: 100) }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send(request)
            #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 400 "))
            #expect(try await net.call(to: server.target).status == .ok)
        }
    }

    @Test func `tells once that the client has left`() async throws {
        try await Loopback.run { net in
            let events = Happenings<String>()
            let server = try await net.serve { exchange in
                exchange.onDisconnect = { events.report("left") }
                exchange.start(.ok, [:])
                events.report("begun")
            }
            let call = try await net.start(to: server.target)
            #expect(try await events.next() == "begun")
            try await call.cancel()
            #expect(try await events.next() == "left")
            try await net.settle()
            #expect(await events.rest() == [])
            let serverConnections = try await server.connectionCount
            #expect(serverConnections == 0)
        }
    }

    @Test func `says nothing of a client that leaves after its answer`() async throws {
        try await Loopback.run { net in
            let events = Happenings<String>()
            let server = try await net.serve { exchange in
                exchange.onDisconnect = { events.report("left") }
                exchange.respond(.ok, body: ByteBuffer(string: "hello"))
            }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n")
            _ = try await client.read(until: "hello")
            try await client.close()
            try await net.settle()
            #expect(await events.rest() == [])
        }
    }

    @Test func `fails the body of a client that leaves while it is collected or streamed`() async throws {
        try await Loopback.run { net in
            let events = Happenings<String>()
            let server = try await net.serve { exchange in
                events.report("begun")
                if exchange.path == "/streamed" { return exchange.streamBody(to: BodyRecorder(events)) }
                exchange.collectBody(limit: 100) { events.report($0 == .failure(.disconnected) ? "failed" : "had") }
            }
            for path in ["/collected", "/streamed"] {
                let call = try await net.start(.POST, path, ["content-length": "6"], to: server.target)
                #expect(try await events.next() == "begun")
                try await call.cancel()
                #expect(try await events.next() == "failed")
            }
        }
    }

    @Test func `retires with its next answer, so that no request on its way is cut`() async throws {
        try await Loopback.run { net in
            let held = NIOLoopBoundBox.makeEmptyBox(valueType: HTTPExchange.self, eventLoop: net.loop)
            let server = try await net.serve { exchange in
                guard exchange.path == "/busy" else { return exchange.respond(.ok, body: ByteBuffer(string: "ok")) }
                held.value = exchange
            }
            let idle = try await RawClient(server.target, on: net.loop)
            let busy = try await RawClient(server.target, on: net.loop)
            try await idle.send("GET /idle HTTP/1.1\r\nhost: a\r\n\r\n")
            #expect(try await idle.read(until: "ok").hasSuffix("ok"))
            try await busy.send("GET /busy HTTP/1.1\r\nhost: a\r\n\r\n")
            try await net.settle()
            try await server.use { $0.retireConnections() }
            try await idle.send("GET /idle HTTP/1.1\r\nhost: a\r\n\r\n")
            #expect(try await idle.readToEnd().contains("connection: close\r\n"))
            try await net.loop.submit { held.value?.respond(.ok, body: ByteBuffer(string: "done")) }.get()
            let text = try await busy.readToEnd()
            #expect(text.hasSuffix("\r\n\r\ndone"))
            #expect(text.contains("connection: close\r\n"))
        }
    }

    @Test func `is refused where there are as many as there may be`() async throws {
        try await Loopback.run { net in
            var limits = HTTPServerLimits()
            limits.connections = 1
            let server = try await net.serve(limits: limits) { $0.respond(.ok) }
            #expect(try await net.call(to: server.target).status == .ok)
            let second = try await RawClient(server.target, on: net.loop)
            #expect(try await second.readToEnd() == "")
            #expect(try await net.call(to: server.target).status == .ok)
        }
    }

    @Test func `is cut where an answer can't be completed truthfully`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.start(.ok, ["content-length": "100"])
                exchange.write(ByteBuffer(string: "half"))
                exchange.abort()
            }
            let call = try await net.start(to: server.target)
            #expect(try await call.failure() == .broken)
        }
    }
}
