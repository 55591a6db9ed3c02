import Foundation
import HTTPTransport
import NIOCore
import NIOHTTP1

/// `EchoServer` as one that speaks HTTP itself, on the event loop it is made on.
final class EchoApplication: HTTPApplication {
    private var sessions = 0

    func begin(_ exchange: HTTPExchange) {
        guard exchange.head.method == .POST else {
            return exchange.respond(exchange.head.method == .DELETE ? .ok : .methodNotAllowed)
        }
        exchange.collectBody(limit: 1 << 20) { body in
            guard case .success(let bytes) = body else { return exchange.respond(.badRequest) }
            guard let answer = EchoServer.answer(to: Data(bytes.readableBytesView)) else {
                return exchange.respond(.accepted)
            }
            self.sessions += 1
            var headers: HTTPHeaders = ["content-type": "application/json"]
            let isFirst = exchange.head.headers.first(name: "mcp-session-id") == nil
            if isFirst { headers.add(name: "mcp-session-id", value: "upstream-\(self.sessions)") }
            exchange.respond(.ok, headers, body: ByteBuffer(bytes: answer))
        }
    }
}
