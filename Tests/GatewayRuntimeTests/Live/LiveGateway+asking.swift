import HTTPTransport
import NIOCore
import NIOHTTP1

@testable import GatewayRuntime

/// Requests of every kind.
extension LiveGateway {
    /// A server that answers every request with an empty result.
    static let obligingServer = """
        while read -r line; do
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\\([^,]*\\),.*/\\1/p')
          [ -n "$id" ] && printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-06-18"}}\\n' "$id"
        done
        """

    static let ping = #"{"jsonrpc":"2.0","id":7,"method":"ping"}"#

    /// Sends a request with these fields beside the usual ones; a field given here replaces the usual one.
    func ask(
        _ method: HTTPMethod = .POST,
        _ path: String = "/mcp",
        _ fields: HTTPHeaders = [:],
        body: String? = nil
    ) async throws -> Answer {
        var headers: HTTPHeaders = ["host": "\(target)", "accept": "application/json, text/event-stream"]
        if body != nil { headers.add(name: "content-type", value: "application/json") }
        for field in Set(fields.map(\.name)) { headers.remove(name: field) }
        headers.add(contentsOf: fields)
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
        return try await loop.flatSubmit { [loop, gateway, target] in
            let recorder = AnswerRecorder(loop.makePromise(of: Answer.self))
            let bytes = body.map { ByteBuffer(string: $0) } ?? ByteBuffer()
            var head = head
            if body != nil { head.headers.add(name: "content-length", value: "\(bytes.readableBytes)") }
            gateway.value.pool.call(head, body: bytes, to: target, receiver: recorder)
            return recorder.answer.futureResult
        }.get()
    }

    func initialize(_ fields: HTTPHeaders = [:]) async throws -> Answer {
        try await ask(.POST, "/mcp", fields, body: Self.initialize)
    }

    /// A call in a session.
    func ping(_ session: String?, _ fields: HTTPHeaders = [:]) async throws -> Answer {
        var fields = fields
        if let session { fields.add(name: "mcp-session-id", value: session) }
        return try await ask(.POST, "/mcp", fields, body: Self.ping)
    }
}

extension LiveGateway.Answer {
    var session: String? { headers.first(name: "mcp-session-id") }
    var challenge: String? { headers.first(name: "www-authenticate") }
}
