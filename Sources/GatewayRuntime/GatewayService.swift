import HTTPTransport
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The gateway as a service: it serves until it is asked to stop, then drains.
package struct GatewayService: Service {
    private let configuration: GatewayConfiguration
    private let log: Logger

    package init(_ configuration: GatewayConfiguration, log: Logger) {
        self.configuration = configuration
        self.log = log
    }

    private enum Ending { case asked, abandoned, broken }

    package func run() async throws { try await withOwnEventLoop { try await serve(on: $0) } }

    private func serve(on loop: any EventLoop) async throws {
        let configuration = try await named(on: loop)
        let log = log
        let gateway = try await loop.submit {
            NIOLoopBound(Gateway(configuration, eventLoop: loop, log: log), eventLoop: loop)
        }.get()
        let (broken, feed) = AsyncStream.makeStream(of: Void.self)
        try await loop.submit { gateway.value.onBroken = { feed.yield() } }.get()
        let address = try await loop.flatSubmit { gateway.value.start() }.get()
        log.info("listening", metadata: ["address": "\(configuration.host):\(address.port ?? 0)"])
        switch await ending(on: loop, broken) {
        case .asked:
            log.info("draining")
            try await loop.flatSubmit { gateway.value.drain() }.get()
        case .abandoned:
            log.warning("the program that started this gateway is gone")
            try await loop.submit { gateway.value.abandon() }.get()
        case .broken:
            let reason = try await loop.submit { gateway.value.healthReport.reason ?? "" }.get()
            log.error("the server stays broken: draining, to be replaced")
            try await loop.flatSubmit { gateway.value.drain() }.get()
            throw ServerStaysBroken(reason: reason)
        }
        log.info("stopped")
    }

    /// The configuration with this replica's own address, where that has to be asked for.
    private func named(on loop: any EventLoop) async throws -> GatewayConfiguration {
        guard let ownAddress = configuration.ownAddress else { return configuration }
        let host = try await loop.flatSubmit {
            let pool = HTTPConnectionPool(eventLoop: loop, connectTimeout: OwnAddress.patience)
            let bound = NIOLoopBound(pool, eventLoop: loop)
            return ownAddress.find(over: pool, on: loop).always { _ in bound.value.close() }
        }.get()
        log.info("this container's address was told by ECS", metadata: ["address": "\(host)"])
        var named = configuration
        named.ownHost = host
        return named
    }

    /// Waits for the first reason to stop.
    private func ending(on loop: any EventLoop, _ broken: AsyncStream<Void>) async -> Ending {
        let lifeline = configuration.exitsWithParent ? await Self.lifeline(on: loop) : nil
        return await withTaskGroup(of: Ending.self) { tasks in
            tasks.addTask {
                try? await gracefulShutdown()  // cancelled means: no longer waited for
                return .asked
            }
            tasks.addTask {
                for await _ in broken { return .broken }
                return .asked
            }
            if let lifeline {
                tasks.addTask {
                    try? await lifeline.closeFuture.get()  // a pipe's end is an end, whatever it is called
                    return .abandoned
                }
            }
            let first = await tasks.next() ?? .asked
            tasks.cancelAll()
            lifeline?.close(promise: nil)
            return first
        }
    }

    /// Standard input as a pipe whose other end the parent holds: it closes when the parent dies, however it dies.
    private static func lifeline(on loop: any EventLoop) async -> (any Channel)? {
        let bootstrap = NIOPipeBootstrap(group: loop)
        return try? await bootstrap.takingOwnershipOfDescriptor(input: 0).get()  // no pipe: nobody holds a lifeline
    }
}
