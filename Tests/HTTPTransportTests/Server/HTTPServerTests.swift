import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(3))) struct `A server` {
    @Test func `answers a call with its body`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.collectBody(limit: 100) { body in
                    guard case .success(let bytes) = body else { return exchange.respond(.badRequest) }
                    exchange.respond(.created, ["x-path": String(exchange.path)], body: bytes)
                }
            }
            let answer = try await net.call(.POST, "/a?b=c", body: "hello", to: server.target)
            #expect(answer.status == .created)
            #expect(answer.body == "hello")
            #expect(answer.headers["x-path"] == ["/a"])
            #expect(answer.headers["content-length"] == ["5"])
        }
    }

    @Test(arguments: [nil, "0"]) func `needs no body where a request has none`(length: String?) async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.collectBody(limit: 0) { body in
                    exchange.respond(body == .success(ByteBuffer()) ? .ok : .badRequest)
                }
            }
            let headers = HTTPHeaders(length.map { [("content-length", $0)] } ?? [])
            #expect(try await net.call(.GET, "/", headers, to: server.target).status == .ok)
        }
    }

    @Test func `hands over a chunked upload whole`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.echo(limit: 100) }
            let call = try await net.start(.POST, "/", ["transfer-encoding": "chunked"], to: server.target)
            for piece in ["one ", "two ", "three"] {
                try await call.send(piece)
                try await net.settle()
            }
            try await call.finish()
            #expect(try await call.answer().body == "one two three")
        }
    }

    @Test func `streams an upload to whoever receives it`() async throws {
        try await Loopback.run { net in
            let events = Happenings<String>()
            let server = try await net.serve { $0.streamBody(to: BodyRecorder(events)) }
            let call = try await net.start(.POST, "/", ["content-length": "6"], to: server.target)
            try await call.send("abc")
            #expect(try await events.next() == "abc")
            try await call.finish("def")
            #expect(try await events.next() == "def")
            #expect(try await events.next() == "ended")
        }
    }

    @Test(arguments: [["content-length": "5000000"], ["transfer-encoding": "chunked"]] as [HTTPHeaders])
    func `refuses a body over the limit while it is still sent`(headers: HTTPHeaders) async throws {
        try await Loopback.run { net in
            let failures = Happenings<BodyFailure>()
            let server = try await net.serve { exchange in
                exchange.collectBody(limit: 1000) { body in
                    guard case .failure(let failure) = body else { return exchange.respond(.ok) }
                    failures.report(failure)
                    exchange.respond(.payloadTooLarge, body: ByteBuffer(string: "too large"))
                }
            }
            let call = try await net.start(.POST, "/", headers, to: server.target)
            try await call.send(String(repeating: "a", count: 2000))
            let answer = try await call.answer()
            #expect(answer.status == .payloadTooLarge)
            #expect(answer.body == "too large")
            #expect(answer.headers["connection"] == ["close"])
            #expect(await failures.rest() == [.tooLarge(limit: 1000)])
        }
    }

    @Test func `reads a refused body to its end before it closes, so that the refusal is not lost`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.collectBody(limit: 1000) { _ in exchange.respond(.payloadTooLarge) }
            }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3000000\r\n\r\n")
            for _ in 1...30 { try await client.send(String(repeating: "a", count: 100_000)) }
            let text = try await client.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func `sends a HEAD request no body, but its length`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.respond(.ok, body: ByteBuffer(string: "hello")) }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send("HEAD / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
            let text = try await client.readToEnd()
            #expect(text.contains("content-length: 5\r\n"))
            #expect(text.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func `gives each call one answer, whatever its application tries`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.respond(.ok, body: ByteBuffer(string: "first"))
                exchange.respond(.notFound, body: ByteBuffer(string: "second"))
                exchange.start(.notFound, [:])
                exchange.write(ByteBuffer(string: "third"))
                exchange.finish()
            }
            for _ in 1...2 { #expect(try await net.call(to: server.target).body == "first") }
        }
    }

    @Test func `sends a started answer piece by piece`() async throws {
        try await Loopback.run { net in
            let held = NIOLoopBoundBox.makeEmptyBox(valueType: HTTPExchange.self, eventLoop: net.loop)
            let server = try await net.serve { exchange in
                held.value = exchange
                exchange.start(.ok, ["content-type": "text/event-stream"])
                exchange.flush()
            }
            let call = try await net.start(to: server.target)
            guard case .head = try await call.events.next() else { Issue.record("no head came"); return }
            for piece in ["data: 1\n\n", "data: 2\n\n"] {
                try await net.loop.submit {
                    held.value?.write(ByteBuffer(string: piece))
                    held.value?.flush()
                }.get()
                #expect(try await call.events.next() == .piece(piece))
            }
            try await net.loop.submit { held.value?.finish() }.get()
            #expect(try await call.events.next() == .end)
        }
    }
}
