import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

/// Keeps what it hears.
private final class Listener: HTTPExchangeObserver {
    private let happenings: Happenings<HTTPEnding>

    init(_ happenings: Happenings<HTTPEnding>) { self.happenings = happenings }

    func ended(_ exchange: HTTPExchange, _ ending: HTTPEnding) { happenings.report(ending) }
}

@Suite(.timeLimit(.minutes(3))) struct `The end of an exchange` {
    private func endings(
        _ answer: @escaping @Sendable (HTTPExchange) -> Void,
        _ client: (Loopback, HTTPTarget) async throws -> Void
    ) async throws -> [HTTPEnding] {
        let happenings = Happenings<HTTPEnding>()
        var seen: [HTTPEnding] = []
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.observer = Listener(happenings)
                answer(exchange)
            }
            try await client(net, server.target)
            if let first = try await happenings.next() { seen.append(first) }
            try await net.settle()
            try await server.use { $0.close() }
            happenings.end()
            while let next = try await happenings.next() { seen.append(next) }
        }
        return seen
    }

    @Test func `is heard once when it is complete`() async throws {
        let seen = try await endings({ $0.respond(.ok) }) { net, target in _ = try await net.call(to: target) }
        #expect(seen == [.complete])
    }

    @Test func `is heard once when the answer precedes the body's end`() async throws {
        let seen = try await endings({ $0.respond(.badRequest) }) { net, target in
            let client = try await RawClient(target, on: net.loop)
            try await client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nab")
            _ = try await client.read(until: "\r\n\r\n")
            try await client.close()
        }
        #expect(seen == [.complete])
    }

    @Test func `is heard once when the client leaves`() async throws {
        let seen = try await endings({ $0.discardBody() }) { net, target in
            let client = try await RawClient(target, on: net.loop)
            try await client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n")
            try await client.close()
        }
        #expect(seen == [.left])
    }

    @Test func `is heard once when it is cut`() async throws {
        let cut: @Sendable (HTTPExchange) -> Void = { exchange in
            exchange.start(.ok, [:])
            exchange.abort()
        }
        let seen = try await endings(cut) { net, target in _ = try? await net.call(to: target) }
        #expect(seen == [.cut])
    }

    @Test func `comes with the field that every answer bears`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                exchange.responseField = ("x-request-id", "seven")
                exchange.respond(.ok, ["x-request-id": "another's"])
            }
            let answer = try await net.call(to: server.target)
            #expect(answer.headers["x-request-id"] == ["seven"])
        }
    }
}
