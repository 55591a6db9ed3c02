import HTTPTransport
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import LocalFleet

@Suite(.timeLimit(.minutes(3))) struct `A health probe` {
    private func verdict(
        on answer: @escaping @Sendable (HTTPExchange) -> Void,
        closed: Bool = false
    ) async throws -> Bool? {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let verdicts = Happenings<Bool>()
        let server = try await loop.submit {
            let application = Answering(answer)
            let server = HTTPServer(eventLoop: loop, limits: HTTPServerLimits(), application: application)
            return NIOLoopBound(server, eventLoop: loop)
        }.get()
        let address = try await loop.flatSubmit { server.value.bind(host: "127.0.0.1", port: 0) }.get()
        let target = HTTPTarget(host: "127.0.0.1", port: address.port ?? 0)
        let pool = try await loop.submit {
            if closed { server.value.close() }
            let pool = HTTPConnectionPool(eventLoop: loop, connectTimeout: .seconds(1))
            HealthProbe.start(target, over: pool, eventLoop: loop) { verdicts.report($0) }
            return NIOLoopBound(pool, eventLoop: loop)
        }.get()
        let verdict = try? await verdicts.next()
        try await loop.submit { pool.value.close() }.get()
        try await group.shutdownGracefully()
        let others = await verdicts.rest()
        #expect(others == [])
        return verdict
    }

    @Test func `says yes to 200`() async throws {
        #expect(try await verdict(on: { $0.respond($0.head.uri == "/health" ? .ok : .notFound) }) == true)
    }

    @Test(arguments: [HTTPResponseStatus.serviceUnavailable, .noContent, .found])
    func `says no to anything else`(status: HTTPResponseStatus) async throws {
        #expect(try await verdict(on: { $0.respond(status) }) == false)
    }

    @Test func `says no where the answer breaks off`() async throws {
        #expect(
            try await verdict(on: { exchange in
                exchange.start(.ok, ["content-length": "10"])
                exchange.abort()
            }) == false
        )
    }

    @Test func `says no where nobody listens`() async throws {
        #expect(try await verdict(on: { $0.respond(.ok) }, closed: true) == false)
    }

    @Test func `says no where no answer comes in time`() async throws {
        #expect(try await verdict(on: { exchange in exchange.onDisconnect = { _ = exchange.isOver } }) == false)
    }
}

private final class Answering: HTTPApplication {
    private let answer: (HTTPExchange) -> Void

    init(_ answer: @escaping (HTTPExchange) -> Void) { self.answer = answer }

    func begin(_ exchange: HTTPExchange) { answer(exchange) }
}
