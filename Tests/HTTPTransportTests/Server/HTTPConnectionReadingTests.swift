import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

/// Reading is paused in two places, and each pause must end with the request that caused it.
@Suite(.timeLimit(.minutes(3))) struct `A connection reads its next request` {
    @Test func `after an application that decided late about a body that was there already`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.later(on: net.loop) { exchange.echo(limit: 100) }
            }
            let client = try await RawClient(server.target, on: net.loop)
            for body in ["first", "again"] {
                try await client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n\(body)")
                #expect(try await client.read(until: body).hasPrefix("HTTP/1.1 200 "))
            }
        }
    }

    @Test func `after an application that answered late and never asked for the body`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.later(on: net.loop) { exchange.respond(.ok, body: ByteBuffer(string: "ok")) }
            }
            let client = try await RawClient(server.target, on: net.loop)
            for _ in 1...2 {
                try await client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhello")
                #expect(try await client.read(until: "\r\n\r\nok").hasPrefix("HTTP/1.1 200 "))
            }
        }
    }

    @Test func `after a relayed body that was paused when it ended`() async throws {
        try await Loopback.run { net in
            let origin = try await net.serve { $0.echo(limit: 100) }
            let relay = try await net.relay(to: origin.target)
            let client = try await RawClient(relay.target, on: net.loop)
            for body in ["first", "again"] {
                try await client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n\(body)")
                #expect(try await client.read(until: body).hasPrefix("HTTP/1.1 200 "))
            }
        }
    }
}

extension HTTPExchange {
    /// Does something once this request has arrived whole.
    fileprivate func later(on loop: any EventLoop, _ action: @escaping () -> Void) {
        loop.assumeIsolated().scheduleTask(in: .milliseconds(50), action)
    }
}
