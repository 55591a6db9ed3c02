import FleetModel
import HTTPTransport
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Testing

@testable import LocalFleet

@Suite(.timeLimit(.minutes(3)), .serialized) struct `The balancer's service` {
    /// Runs the service in front of two stand-in replicas until `test` is done, which is given the first of them.
    private func run(
        port: @Sendable (StandInReplica) -> Int = { _ in 0 },
        oneIsGone: Bool = false,
        _ test: @escaping @Sendable (Happenings<LocalFleetEvent>, StandInReplica) async throws -> Void
    ) async throws -> LocalFleetFailure? {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let replicas = try await [StandInReplica("a", on: group.next()), StandInReplica("b", on: group.next())]
        if oneIsGone { try await replicas[1].close() }
        let plan = LocalFleetPlan(
            name: "notes",
            port: port(replicas[0]),
            replicaPorts: replicas.map(\.target.port),
            gateway: "/nowhere",
            command: [],
            environment: [:]
        )
        let events = Happenings<LocalFleetEvent>()
        let service = BalancerService(plan: plan) { events.report($0) }
        let failure = try await failure(of: service, events) { try await test(events, replicas[0]) }
        try await group.shutdownGracefully()
        return failure
    }

    private func failure(
        of service: BalancerService,
        _ events: Happenings<LocalFleetEvent>,
        _ test: @escaping @Sendable () async throws -> Void
    ) async throws -> LocalFleetFailure? {
        let services = ServiceGroup(
            services: [service],
            logger: Logger(label: "lifecycle", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        return try await withThrowingTaskGroup(of: LocalFleetFailure?.self) { tasks in
            tasks.addTask {
                defer { events.end() }
                do {
                    try await services.run()
                    return nil
                } catch let failure as LocalFleetFailure {
                    return failure
                }
            }
            do {
                try await test()
            } catch {
                tasks.cancelAll()
                throw error
            }
            await services.triggerGracefulShutdown()
            return try await tasks.next() ?? nil
        }
    }

    @Test func `is ready once every replica answers, and stops when asked`() async throws {
        let failure = try await run { events, _ in
            guard case .ready(let port) = try await events.next() else {
                Issue.record("it was not ready")
                return
            }
            #expect(port > 0)
        }
        #expect(failure == nil)
    }

    @Test func `stops when asked though it was never ready`() async throws {
        let reported = Happenings<[LocalFleetEvent]>()
        let failure = try await run(oneIsGone: true) { events, replica in
            try await replica.become(.ok)
            reported.report(await events.rest())
        }
        #expect(failure == nil)
        #expect(try await reported.next() == [])
    }

    @Test func `says which port is taken`() async throws {
        let taken = Happenings<Int>()
        let port: @Sendable (StandInReplica) -> Int = { replica in
            taken.report(replica.target.port)
            return replica.target.port
        }
        let failure = try await run(port: port) { events, _ in _ = try await events.next() }
        guard case .portTaken(let port, let words) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(try await taken.next() == port)
        #expect(words.contains("Address already in use"))
    }
}
