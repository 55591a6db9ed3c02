import HTTPTransport
import NIOCore
import NIOHTTP1

extension HTTPExchange {
    /// Answers with the request's own body.
    func echo(limit: Int) {
        collectBody(limit: limit) { body in
            guard case .success(let bytes) = body else { return self.respond(.badRequest) }
            self.respond(.ok, body: bytes)
        }
    }
}
