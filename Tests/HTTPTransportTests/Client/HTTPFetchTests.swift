import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(3))) struct `A fetch` {
    private func fetch(
        _ net: Loopback,
        _ text: String,
        limit: Int = 100,
        within time: TimeAmount = .seconds(10)
    ) async throws -> Result<String, HTTPFetch.Failure> {
        let location = try #require(HTTPLocation(text))
        return try await net.loop.flatSubmit { [net] in
            let promise = net.loop.makePromise(of: Result<String, HTTPFetch.Failure>.self)
            HTTPFetch.start(
                location,
                accept: "application/json",
                limit: limit,
                within: time,
                over: net.pool.value,
                eventLoop: net.loop
            ) { promise.succeed($0.map { String(buffer: $0) }) }
            return promise.futureResult
        }.get()
    }

    @Test func `brings a document, and says what it asks for`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                let headers = exchange.head.headers
                let asked = "\(exchange.head.uri) \(headers["host"]) \(headers["accept"])"
                exchange.respond(.ok, body: ByteBuffer(string: asked))
            }
            let place = "127.0.0.1:\(server.port)"
            let document = try await fetch(net, "http://\(place)/keys?a=b")
            #expect(document == .success("/keys?a=b [\"\(place)\"] [\"application/json\"]"))
        }
    }

    @Test func `brings nothing but a whole document of a bounded size`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { exchange in
                switch exchange.path {
                case "/moved": exchange.respond(.found, ["location": "/large"])
                case "/silent": break
                case "/cut":
                    exchange.start(.ok, ["content-length": "50"])
                    exchange.write(ByteBuffer(string: "half"))
                    exchange.abort()
                default: exchange.respond(.ok, body: ByteBuffer(string: String(repeating: "a", count: 101)))
                }
            }
            let place = "http://127.0.0.1:\(server.port)"
            #expect(try await fetch(net, place + "/moved") == .failure(.status(302)))
            #expect(try await fetch(net, place + "/large") == .failure(.tooLarge(limit: 100)))
            #expect(try await fetch(net, place + "/cut") == .failure(.broken))
            #expect(try await fetch(net, place + "/silent", within: .milliseconds(50)) == .failure(.timedOut))
            try await server.close()
            guard case .failure(.unreachable) = try await fetch(net, place) else { Issue.record("was reached"); return }
        }
    }

    @Test func `speaks to no secure server without trust, nor to a plain one as if it were`() async throws {
        try await Loopback.run { net in
            let server = try await net.serve { $0.respond(.ok) }
            guard case .failure = try await fetch(net, "https://127.0.0.1:\(server.port)") else {
                Issue.record("was reached")
                return
            }
        }
    }
}
