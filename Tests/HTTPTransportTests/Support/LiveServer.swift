import HTTPTransport
import NIOCore
import NIOPosix

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

    /// Closes the server and waits until its port refuses connections: a child that another test of this process is
    /// just forking holds the socket open until it becomes a program of its own.
    func close() async throws {
        try await use { $0.close() }
        for _ in 1...400 {
            guard let channel = try? await ClientBootstrap(group: loop).connect(host: "127.0.0.1", port: port).get()
            else {
                return
            }
            try? await channel.close()
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
