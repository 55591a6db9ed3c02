import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

/// Several requests in one go (RFC 9112, 9.3.2).
@Suite(.timeLimit(.minutes(3))) struct `Pipelined requests` {
    private static let three = ["/1", "/2", "/3"].map {
        "POST \($0) HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n\($0)"
    }

    /// The bodies of the answers, in the order in which they came.
    private func bodies(_ text: String) -> [Substring] {
        text.split(separator: "HTTP/1.1 200 OK").compactMap { $0.split(separator: "\r\n\r\n").last }
    }

    @Test func `are answered in order where each is answered at once`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.respond(.ok, body: ByteBuffer(string: String($0.path))) }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send((1...3).map { "GET /\($0) HTTP/1.1\r\nhost: a\r\n\r\n" }.joined())
            let text = try await client.read(until: "\r\n\r\n/3")
            #expect(bodies(text) == ["/1", "/2", "/3"])
        }
    }

    @Test func `are answered in order where their bodies are had first`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.echo(limit: 100) }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send(Self.three.joined())
            let text = try await client.read(until: "\r\n\r\n/3")
            #expect(bodies(text) == ["/1", "/2", "/3"])
        }
    }

    @Test func `are answered in order where the first takes its time`() async throws {
        try await Loopback.run { net in
            let first = NIOLoopBoundBox.makeEmptyBox(valueType: HTTPExchange.self, eventLoop: net.loop)
            let begun = Happenings<Substring>()
            let server = try await net.serve { exchange in
                begun.report(exchange.path)
                guard exchange.path == "/1" else {
                    return exchange.respond(.ok, body: ByteBuffer(string: String(exchange.path)))
                }
                first.value = exchange
            }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send((1...3).map { "GET /\($0) HTTP/1.1\r\nhost: a\r\n\r\n" }.joined())
            #expect(try await begun.next() == "/1")
            try await net.loop.submit { first.value?.respond(.ok, body: ByteBuffer(string: "/1")) }.get()
            let text = try await client.read(until: "\r\n\r\n/3")
            #expect(bodies(text) == ["/1", "/2", "/3"])
        }
    }

    @Test func `are each told that the client has left, where each takes its time`() async throws {
        try await Loopback.run { net in
            let held = NIOLoopBoundBox.makeEmptyBox(valueType: HTTPExchange.self, eventLoop: net.loop)
            let events = Happenings<String>()
            let server = try await net.serve { exchange in
                held.value = exchange
                exchange.onDisconnect = { events.report("\(exchange.path) left") }
                events.report("\(exchange.path) begun")
            }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send((1...2).map { "GET /\($0) HTTP/1.1\r\nhost: a\r\n\r\n" }.joined())
            #expect(try await events.next() == "/1 begun")
            try await net.loop.submit { held.value?.respond(.ok) }.get()
            #expect(try await events.next() == "/2 begun")
            try await client.close()
            #expect(try await events.next() == "/2 left")
        }
    }
}
