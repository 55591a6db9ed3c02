import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

/// Where one message ends and the next begins (RFC 9112, section 6).
@Suite(.timeLimit(.minutes(3))) struct `The framing` {
    @Test func `of a streamed answer to HTTP/1.0 is the end of the connection, not chunks`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.start(.ok, [:])
                exchange.write(ByteBuffer(string: "hello"))
                exchange.finish()
            }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send("GET / HTTP/1.0\r\n\r\n")
            let text = try await client.readToEnd()
            #expect(!text.lowercased().contains("transfer-encoding"))
            #expect(text.hasSuffix("\r\n\r\nhello"))
        }
    }

    @Test func `of a streamed answer to HEAD is its head alone`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.start(.ok, [:])
                exchange.finish()
            }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send("HEAD / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
            let text = try await client.readToEnd()
            #expect(text.hasSuffix("\r\n\r\n"))
            #expect(text.components(of: "\r\n\r\n") == 1)
        }
    }

    @Test(arguments: [HTTPMethod.GET, .DELETE, .OPTIONS])
    func `of a chunked body that could pass for a second request keeps it from being relayed`(
        method: HTTPMethod
    ) async throws {
        try await Loopback.run { net in
            let seen = Happenings<String>()
            let origin = try await net.serve { exchange in
                seen.report(exchange.head.uri)
                exchange.echo(limit: 1000)
            }
            let relay = try await net.relay(to: origin.target)
            let client = try await RawClient(relay.target, on: net.loop)
            let smuggled = "GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n"
            let size = String(smuggled.utf8.count, radix: 16)
            let head = "\(method) /asked HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
            try await client.send("\(head)\(size)\r\n\(smuggled)\r\n0\r\n\r\n")
            #expect(try await client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 411 "))
            try await net.settle()
            #expect(await seen.rest() == [])
        }
    }

    @Test func `of a collected body survives a client that declares its length a matter of one connection`()
        async throws
    {
        try await Loopback.run { net in
            let seen = Happenings<String>()
            let origin = try await net.serve { exchange in
                seen.report(exchange.head.uri)
                exchange.echo(limit: 1000)
            }
            let relay = try await net.serve { [pool = net.pool] exchange in
                exchange.collectBody(limit: 1000) { body in
                    guard case .success(let bytes) = body else { return exchange.respond(.badRequest) }
                    var head = exchange.head
                    head.headers.replaceOrAdd(name: "content-length", value: "\(bytes.readableBytes)")
                    HTTPRelay.start(exchange, as: head, body: .collected(bytes), to: origin.target, over: pool.value) {
                        _ in
                        exchange.abort()
                    }
                }
            }
            let client = try await RawClient(relay.target, on: net.loop)
            let smuggled = "GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n"
            let fields = "host: a\r\nconnection: content-length\r\ncontent-length: \(smuggled.utf8.count)"
            try await client.send("GET /asked HTTP/1.1\r\n\(fields)\r\n\r\n\(smuggled)")
            #expect(try await seen.next() == "/asked")
            try await net.settle()
            #expect(await seen.rest() == [])
        }
    }
}

extension String {
    fileprivate func components(of separator: String) -> Int { split(separator: separator).count }
}
