import HTTPTransport
import NIOCore
import NIOHTTP1
import NIOPosix

@testable import LocalFleet

/// Two stand-in replicas and a balancer in front of them, on one event loop; all of it ends with the test.
struct BalancedFleet: Sendable {
    let loop: any EventLoop
    let replicas: [StandInReplica]
    let port: Int
    private let balancer: NIOLoopBound<Balancer>
    private let pool: NIOLoopBound<HTTPConnectionPool>
    private let complete: Happenings<Void>

    static func run(_ test: (BalancedFleet) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await test(BalancedFleet(on: group.next()))
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private init(on loop: any EventLoop) async throws {
        let complete = Happenings<Void>()
        let replicas = try await [StandInReplica("a", on: loop), StandInReplica("b", on: loop)]
        let targets = replicas.map(\.target)
        let (balancer, pool) = try await loop.submit {
            (
                NIOLoopBound(Balancer(targets, eventLoop: loop), eventLoop: loop),
                NIOLoopBound(HTTPConnectionPool(eventLoop: loop, connectTimeout: .seconds(2)), eventLoop: loop)
            )
        }.get()
        port = try await loop.flatSubmit { balancer.value.start(port: 0) { complete.report(()) } }.get()
        self.loop = loop
        self.replicas = replicas
        self.balancer = balancer
        self.pool = pool
        self.complete = complete
    }

    /// Waits until the balancer has found every replica healthy.
    func becomeComplete() async throws { _ = try await complete.next() }

    /// Calls through the balancer: the status, and the body.
    func call(_ path: String = "/", body: String = "") async throws -> (status: UInt, body: String) {
        try await Answer.from(HTTPTarget(host: "127.0.0.1", port: port), path, body: body, over: pool)
    }

    /// Lets the balancer see which connections have closed: on one loop, a few round trips past it are enough.
    func settle() async throws {
        for _ in 1...3 { _ = try await Answer.from(replicas[1].target, "/", body: "", over: pool) }
    }
}
