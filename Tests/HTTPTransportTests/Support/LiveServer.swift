import HTTPTransport
import NIOCore

/// A server that listens on the loopback address.
struct LiveServer: Sendable {
    let loop: any EventLoop
    let server: NIOLoopBound<HTTPServer>
    let port: Int

    var target: HTTPTarget { HTTPTarget(host: "127.0.0.1", port: port) }

    var connectionCount: Int {
        get async throws { try await use { $0.connectionCount } }
    }

    /// Calls the server on its loop.
    func use<Value: Sendable>(_ action: @escaping @Sendable (HTTPServer) -> Value) async throws -> Value {
        try await loop.submit { [server] in action(server.value) }.get()
    }
}
