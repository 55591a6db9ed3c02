import HTTPTransport
import NIOCore
import NIOHTTP1

extension Loopback {
    /// Starts a server that passes everything on to `target`.
    func relay(
        to target: HTTPTarget,
        onFailure: @escaping @Sendable (HTTPCallFailure) -> Void = { _ in }
    ) async throws -> LiveServer {
        try await serve { [pool] exchange in
            HTTPRelay.start(exchange, as: exchange.head, body: .streamed, to: target, over: pool.value) {
                if case .call(let failure) = $0 { onFailure(failure) }
                if exchange.hasResponse { exchange.abort() } else { exchange.respond(.badGateway) }
            }
        }
    }
}
