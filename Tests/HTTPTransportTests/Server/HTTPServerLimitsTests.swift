import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(3))) struct `A server's limits` {
    private static let field = "x-long: " + String(repeating: "a", count: 70_000) + "\r\n"
    private static let total = (0..<70).map { "x-\($0): \(String(repeating: "a", count: 1000))\r\n" }.joined()
    private static let many = (0..<200).map { "x-\($0): a\r\n" }.joined()

    @Test(arguments: [field, total, many])
    func `answer a head that is too large with 431, though the client goes on sending`(fields: String) async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.respond(.ok) }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send("GET / HTTP/1.1\r\nhost: a\r\n\(fields)")
            for _ in 1...20 { try? await client.send(Self.field) }
            let text = try await client.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 431 "))
            #expect(text.contains("connection: close\r\n"))
            #expect(try await net.call(to: server.target).status == .ok)
        }
    }

    @Test func `count the request line too`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.respond(.ok) }
            let client = try await RawClient(server.target, on: net.loop)
            try await client.send("GET /\(String(repeating: "a", count: 70_000)) HTTP/1.1\r\nhost: a\r\n\r\n")
            #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 431 "))
        }
    }

    @Test func `leave room for a head as large as a balancer lets through`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.respond(.ok) }
            let session = String(repeating: "s", count: 9000)
            let fields = HTTPHeaders([("mcp-session-id", session)] + (0..<90).map { ("x-\($0)", "\($0)") })
            #expect(try await net.call(.GET, "/", fields, to: server.target).status == .ok)
        }
    }

    @Test(arguments: [
        "", "GET", "GET / HTTP/1.1\r\nhost: a\r\nx-", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhal",
    ])
    func `end a client that does not come to an end itself`(beginning: String) async throws {
        var limits = HTTPServerLimits()
        (limits.requestHead, limits.requestBody) = (.seconds(2), .seconds(2))
        try await Loopback.run { net in
            let server = try await net.serve(limits: limits) { exchange in
                exchange.collectBody(limit: 100) { _ in exchange.respond(.ok) }
            }
            let client = try await RawClient(server.target, on: net.loop)
            if !beginning.isEmpty { try await client.send(beginning) }
            #expect(try await !client.readToEnd().contains("200 OK"))
            let left = try await server.connectionCount
            #expect(left == 0)
        }
    }

    @Test func `do not end a client whose answer takes long`() async throws {
        var limits = HTTPServerLimits()
        (limits.requestHead, limits.requestBody) = (.seconds(1), .seconds(1))
        try await Loopback.run { net in
            let server = try await net.serve(limits: limits) { exchange in
                exchange.discardBody()
                net.loop.assumeIsolated().scheduleTask(in: .milliseconds(1500)) { exchange.respond(.ok) }
            }
            #expect(try await net.call(to: server.target).status == .ok)
        }
    }
}
