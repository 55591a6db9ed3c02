import HTTPTransport
import NIOCore
import ServiceLifecycle

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The balancer as a service. It stops after the replicas, so that their last answers pass through it.
struct BalancerService: Service {
    let plan: LocalFleetPlan
    let report: @Sendable (LocalFleetEvent) -> Void

    func run() async throws { try await withOwnEventLoop { try await serve(on: $0) } }

    private func serve(on loop: any EventLoop) async throws {
        let members = plan.replicas.map(\.address)
        let wanted = plan.port
        let balancer = try await loop.submit {
            NIOLoopBound(Balancer(members, eventLoop: loop), eventLoop: loop)
        }.get()
        let complete = loop.makePromise(of: Void.self)
        let port: Int
        do {
            port = try await loop.flatSubmit { balancer.value.start(port: wanted) { complete.succeed() } }.get()
        } catch {
            complete.fail(error)
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw LocalFleetFailure.portTaken(wanted, reason)
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                try await complete.futureResult.get()
                report(.ready(port: port))
            }
            try? await gracefulShutdown()  // cancelled means: stop now
            _ = try await loop.submit {
                complete.fail(CancellationError())
                balancer.value.close()
            }.get()
            tasks.cancelAll()
            while let _ = try? await tasks.next() {}  // the fleet may stop before it was ever complete
        }
    }
}
