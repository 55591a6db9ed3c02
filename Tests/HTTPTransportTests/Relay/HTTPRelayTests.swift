import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(3))) struct `The relay` {
    @Test func `passes an event stream on piece by piece as it comes`() async throws {
        try await Loopback.run { net in
            let source = NIOLoopBoundBox.makeEmptyBox(valueType: HTTPExchange.self, eventLoop: net.loop)
            let origin = try await net.serve { exchange in
                source.value = exchange
                exchange.start(.ok, ["content-type": "text/event-stream"])
                exchange.flush()
            }
            let relay = try await net.relay(to: origin.target)
            let call = try await net.start(to: relay.target)
            guard case .head(let head) = try await call.events.next() else { Issue.record("no head"); return }
            #expect(head.headers["content-type"] == ["text/event-stream"])
            for number in 1...5 {
                let event = "data: \(number)\n\n"
                try await net.loop.submit {
                    source.value?.write(ByteBuffer(string: event))
                    source.value?.flush()
                }.get()
                #expect(try await call.events.next() == .piece(event))
            }
            try await net.loop.submit { source.value?.finish() }.get()
            #expect(try await call.events.next() == .end)
        }
    }

    @Test func `ends its call when its client leaves`() async throws {
        try await Loopback.run { net in
            let events = Happenings<String>()
            let origin = try await net.serve { exchange in
                exchange.onDisconnect = { events.report("left") }
                exchange.start(.ok, ["content-type": "text/event-stream"])
                events.report("begun")
            }
            let relay = try await net.relay(to: origin.target)
            let call = try await net.start(to: relay.target)
            #expect(try await events.next() == "begun")
            try await call.cancel()
            #expect(try await events.next() == "left")
            try await net.settle()
            #expect(await events.rest() == [])
            #expect(try await origin.connectionCount == 0)
        }
    }

    @Test func `ends its call when its client leaves in the middle of an upload`() async throws {
        try await Loopback.run { net in
            let events = Happenings<String>()
            let origin = try await net.serve { exchange in
                events.report("begun")
                exchange.collectBody(limit: 100) { events.report($0 == .failure(.disconnected) ? "left" : "had") }
            }
            let relay = try await net.relay(to: origin.target)
            let call = try await net.start(.POST, "/", ["content-length": "10"], to: relay.target)
            try await call.send("half")
            #expect(try await events.next() == "begun")
            try await call.cancel()
            #expect(try await events.next() == "left")
        }
    }

    @Test func `tells whether its target could not be reached or broke off`() async throws {
        try await Loopback.run { net in
            let failures = Happenings<HTTPCallFailure>()
            let gone = try await net.serve { $0.respond(.ok) }
            try await gone.close()
            let relayToNobody = try await net.relay(to: gone.target) { failures.report($0) }
            #expect(try await net.call(to: relayToNobody.target).status == .badGateway)
            guard case .unreachable = try await failures.next() else { Issue.record("it was reached"); return }

            let mute = try await net.serveRaw("", thenCloses: true)
            let relayToMute = try await net.relay(to: mute) { failures.report($0) }
            #expect(try await net.call(to: relayToMute.target).status == .badGateway)
            #expect(try await failures.next() == .broken)
        }
    }

    @Test func `cuts its client's connection where its target breaks off in the middle of an answer`() async throws {
        try await Loopback.run { net in
            let target = try await net.serveRaw(
                "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf",
                thenCloses: true
            )
            let relay = try await net.relay(to: target)
            let call = try await net.start(to: relay.target)
            #expect(try await call.failure() == .broken)
        }
    }

    @Test func `removes the fields that speak of one connection, both ways`() async throws {
        try await Loopback.run { net in
            let seen = Happenings<HTTPHeaders>()
            let origin = try await net.serve { exchange in
                seen.report(exchange.head.headers)
                exchange.respond(.ok, ["connection": "x-mine", "x-mine": "1", "keep-alive": "5", "x-kept": "2"])
            }
            let relay = try await net.relay(to: origin.target)
            let answer = try await net.call(
                .GET,
                "/",
                [
                    "connection": "keep-alive, X-Hop", "x-hop": "1", "te": "trailers", "keep-alive": "5",
                    "proxy-connection": "a", "upgrade": "h2c", "x-kept": "2", "host": "a",
                ],
                to: relay.target
            )
            let request = try #require(try await seen.next())
            #expect(request.map(\.name).sorted() == ["host", "x-kept"])
            #expect(answer.headers.map(\.name).sorted() == ["content-length", "x-kept"])
        }
    }

    @Test func `passes nothing on of an answer that is declined, and can ask another server`() async throws {
        try await Loopback.run { net in
            let origin = try await net.serve {
                $0.respond(.misdirectedRequest, ["server": "origin"], body: ByteBuffer(string: "not here"))
            }
            let other = try await net.serve { $0.respond(.ok, body: ByteBuffer(string: "hello")) }
            let relay = try await net.serve { exchange in
                HTTPRelay.start(
                    exchange,
                    as: exchange.head,
                    body: .collected(ByteBuffer()),
                    to: origin.target,
                    over: net.pool.value,
                    declines: { $0.status == .misdirectedRequest },
                    onFailure: { failure in
                        guard case .declined(let head) = failure, !exchange.hasResponse else { return exchange.abort() }
                        #expect(head.headers["server"] == ["origin"])
                        HTTPRelay.start(
                            exchange,
                            as: exchange.head,
                            body: .collected(ByteBuffer()),
                            to: other.target,
                            over: net.pool.value
                        ) { _ in exchange.respond(.badGateway) }
                    }
                )
            }
            let answer = try await net.call(to: relay.target)
            #expect(answer.headers["server"] == [])
            #expect(answer.body == "hello")
        }
    }

    @Test func `passes the answer to HEAD on without a body`() async throws {
        try await Loopback.run { net in
            let origin = try await net.serve { $0.respond(.ok, body: ByteBuffer(string: "hello")) }
            let relay = try await net.relay(to: origin.target)
            let client = try await RawClient(relay.target, on: net.loop)
            for _ in 1...2 {
                try await client.send("HEAD / HTTP/1.1\r\nhost: a\r\n\r\n")
                let text = try await client.read(until: "\r\n\r\n")
                #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(text.contains("content-length: 5\r\n"))
            }
        }
    }

    @Test func `passes a chunked body on whole, in chunks of its own`() async throws {
        try await Loopback.run { net in
            let origin = try await net.serve { $0.echo(limit: 100) }
            let relay = try await net.relay(to: origin.target)
            let call = try await net.start(.POST, "/", ["transfer-encoding": "chunked"], to: relay.target)
            for piece in ["one ", "two "] {
                try await call.send(piece)
                try await net.settle()
            }
            try await call.finish("three")
            #expect(try await call.answer().body == "one two three")
        }
    }

    @Test func `sends the next client over the connection that the last one used`() async throws {
        try await Loopback.run { net in
            let origin = try await net.serve { $0.respond(.ok, body: ByteBuffer(string: "hello")) }
            let relay = try await net.relay(to: origin.target)
            for _ in 1...5 { #expect(try await net.call(to: relay.target).body == "hello") }
            let connections = try await origin.connectionCount
            #expect(connections == 1)
        }
    }
}
