import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(3))) struct `A call over the pool` {
    @Test func `fails as unreachable where nobody listens`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.respond(.ok) }
            try await server.close()
            let call = try await net.start(to: server.target)
            guard case .unreachable = try await call.failure() else { Issue.record("it was reached"); return }
            let isOver = try await net.loop.submit { call.call.value.isOver }.get()
            #expect(isOver)
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"])
    func `fails as broken where the other side closes before its answer is complete`(answer: String) async throws {
        try await Loopback.run { net in
            let target = try await net.serveRaw(answer, thenCloses: true)
            let call = try await net.start(to: target)
            #expect(try await call.failure() == .broken)
        }
    }

    @Test(arguments: ["HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"])
    func `has the whole of an answer that ends with the connection`(head: String) async throws {
        try await Loopback.run { net in
            let body = String(repeating: "0123456789", count: 20_000)
            let target = try await net.serveRaw(head + body, thenCloses: true)
            for _ in 1...2 { #expect(try await net.call(to: target).body == body) }
        }
    }

    @Test func `does not use a connection that the server closed while it rested`() async throws {
        try await Loopback.run { net in
            let target = try await net.serveRaw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", thenCloses: true)
            for _ in 1...3 {
                #expect(try await net.call(.POST, body: "hello", to: target).body == "ok")
                try await net.settle()
            }
        }
    }

    @Test func `does not use a connection whose server said it would close it`() async throws {
        try await Loopback.run { net in
            let target = try await net.serveRaw(
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok",
                thenCloses: false
            )
            for _ in 1...2 { #expect(try await net.call(to: target).body == "ok") }
        }
    }

    @Test func `does not share a connection on which its request is incomplete`() async throws {
        try await Loopback.run { net in
            let target = try await net.serveRaw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", thenCloses: false)
            let upload = try await net.start(.POST, "/", ["content-length": "100"], to: target)
            try await upload.send("only a part")
            #expect(try await upload.answer().body == "ok")
            #expect(try await net.call(to: target).body == "ok")
        }
    }

    @Test func `passes over what a server says before its answer`() async throws {
        try await Loopback.run { net in
            let target = try await net.serveRaw(
                "HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
                thenCloses: false
            )
            #expect(try await net.call(to: target).status == .ok)
        }
    }

    @Test func `brings nothing once it was cancelled, and its server notices`() async throws {
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
            #expect(await !call.events.rest().contains { $0 == .end || $0 == .failure(.broken) })
        }
    }

    @Test func `leaves no connection behind where it is cancelled before it has one`() async throws {
        try await Loopback.run { net in
            let events = Happenings<String>()
            let server = try await net.serve { _ in events.report("begun") }
            try await net.loop.submit { [pool = net.pool] in
                let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
                let call = pool.value.call(head, to: server.target, receiver: CallRecorder(Happenings()))
                call.endRequest()
                call.cancel()
            }.get()
            try await net.settle()
            #expect(try await server.connectionCount == 0)
            #expect(await events.rest() == [])
        }
    }

    @Test func `goes on when the pool is closed, which closes what rests`() async throws {
        try await Loopback.run { net in
            let held = NIOLoopBoundBox.makeEmptyBox(valueType: HTTPExchange.self, eventLoop: net.loop)
            let begun = Happenings<String>()
            let server = try await net.serve { exchange in
                begun.report(exchange.head.uri)
                if exchange.path == "/held" { held.value = exchange } else { exchange.respond(.ok) }
            }
            let busy = try await net.start(.GET, "/held", to: server.target)
            #expect(try await begun.next() == "/held")
            _ = try await net.call(to: server.target)
            let before = try await server.connectionCount
            #expect(before == 2)
            try await net.loop.submit { [pool = net.pool] in pool.value.close() }.get()
            try await net.settle()
            #expect(try await server.connectionCount == 1)
            try await net.loop.submit { held.value?.respond(.ok) }.get()
            #expect(try await busy.answer().status == .ok)
        }
    }
}
