import HTTPTransport
import NIOCore
import NIOHTTP1
import NIOPosix

/// A server that says which replica it is and what it was sent, with a health that a test can change.
struct StandInReplica: Sendable {
    let name: String
    let target: HTTPTarget
    /// What it answered to each question for its health.
    private let inspections: Happenings<HTTPResponseStatus>
    private let health: NIOLoopBoundBox<HTTPResponseStatus>
    private let server: NIOLoopBound<HTTPServer>
    private let loop: any EventLoop

    init(_ name: String, on loop: any EventLoop) async throws {
        let inspections = Happenings<HTTPResponseStatus>()
        let health = NIOLoopBoundBox.makeBoxSendingValue(HTTPResponseStatus.ok, eventLoop: loop)
        let server = try await loop.submit {
            let application = StandIn(name, health: health, inspections: inspections)
            let server = HTTPServer(eventLoop: loop, limits: HTTPServerLimits(), application: application)
            return NIOLoopBound(server, eventLoop: loop)
        }.get()
        let address = try await loop.flatSubmit { server.value.bind(host: "127.0.0.1", port: 0) }.get()
        self.name = name
        self.inspections = inspections
        self.health = health
        self.server = server
        self.loop = loop
        target = HTTPTarget(host: "127.0.0.1", port: address.port ?? 0)
    }

    /// Changes its health, and waits until the balancer acts on it: the second question is asked after the answer to
    /// the first was received.
    func become(_ status: HTTPResponseStatus) async throws {
        try await loop.submit { [health] in health.value = status }.get()
        var answers = 0
        while answers < 2, let answer = try await inspections.next() { answers += answer == status ? 1 : 0 }
    }

    /// Closes the server and waits until its port refuses connections: a child that another test of this process is
    /// just forking holds the socket open until it becomes a program of its own.
    func close() async throws {
        try await loop.submit { [server] in server.value.close() }.get()
        for _ in 1...400 {
            guard
                let channel = try? await ClientBootstrap(group: loop).connect(host: "127.0.0.1", port: target.port)
                    .get()
            else {
                return
            }
            try? await channel.close()
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

private final class StandIn: HTTPApplication {
    private let name: String
    private let health: NIOLoopBoundBox<HTTPResponseStatus>
    private let inspections: Happenings<HTTPResponseStatus>

    init(_ name: String, health: NIOLoopBoundBox<HTTPResponseStatus>, inspections: Happenings<HTTPResponseStatus>) {
        self.name = name
        self.health = health
        self.inspections = inspections
    }

    func begin(_ exchange: HTTPExchange) {
        if exchange.path == "/health" {
            inspections.report(health.value)
            return exchange.respond(health.value)
        }
        if exchange.path == "/break" { return exchange.abort() }
        exchange.collectBody(limit: 10_000_000) { [name] body in
            guard case .success(let bytes) = body else { return exchange.respond(.badRequest) }
            exchange.respond(.ok, body: ByteBuffer(string: "\(name):" + String(buffer: bytes)))
        }
    }
}
