import FleetModel
import Foundation
import Logging
import ServiceLifecycle

@testable import LocalFleet

/// A replica whose gateway is a small shell script, in a folder that goes with the test.
struct ReplicaStage: Sendable {
    /// How the service ended, what happened after the test had seen enough, and the files in the script's folder.
    struct Outcome: Sendable {
        var failure: LocalFleetFailure?
        var events: [LocalFleetEvent] = []
        var files: [String] = []
    }

    let events = Happenings<LocalFleetEvent>()
    let service: ReplicaService

    /// Runs `test` beside the replica's service, which is asked to stop when the test is done.
    ///
    /// - Parameter script: what stands in for the gateway; `$folder` is a folder of the test's own.
    @discardableResult
    static func run(
        _ script: String,
        clock: any Clock<Duration> = ContinuousClock(),
        _ test: @escaping @Sendable (ReplicaStage) async throws -> Void
    ) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let gateway = folder.appendingPathComponent("gateway")
        try write("#!/bin/sh\nfolder='\(folder.path)'\n\(script)\n", to: gateway.path)
        var outcome = try await ReplicaStage(gateway: gateway.path, clock: clock).play(test)
        outcome.files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return outcome
    }

    /// Writes a program, through a process of its own: a program that this process had open for writing could not be
    /// run for as long as a child that another test started at that moment still holds the descriptor.
    private static func write(_ program: String, to path: String) throws {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", #"printf %s "$1" >"$2" && chmod 755 "$2""#, "sh", program, path]
        try shell.run()
        shell.waitUntilExit()
    }

    /// The same with a path at which no gateway is.
    static func runWithoutGateway() async throws -> Outcome {
        let nowhere = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        return try await ReplicaStage(gateway: nowhere.path, clock: ContinuousClock()).play { stage in
            while try await stage.events.next() != nil {}
        }
    }

    private init(gateway: String, clock: any Clock<Duration>) {
        let plan = LocalFleetPlan(
            name: "notes",
            port: 0,
            replicaPorts: [9001],
            gateway: gateway,
            command: ["server", "with space"],
            environment: ["PATH": Secret("/usr/bin:/bin"), "SLIPWAY_FLEET_KEY": Secret("the key")],
            drainSeconds: 1
        )
        let events = events
        service = ReplicaService(plan: plan, replica: plan.replicas[0], clock: clock) { events.report($0) }
    }

    private func play(_ test: @escaping @Sendable (ReplicaStage) async throws -> Void) async throws -> Outcome {
        let group = ServiceGroup(
            services: [ReplicaSetService(replicas: [service])],
            logger: Logger(label: "lifecycle", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        return try await withThrowingTaskGroup(of: LocalFleetFailure?.self) { tasks in
            tasks.addTask {
                defer { events.end() }
                do {
                    try await group.run()
                    return nil
                } catch let failure as LocalFleetFailure {
                    return failure
                }
            }
            do {
                try await test(self)
            } catch {
                tasks.cancelAll()
                throw error
            }
            await group.triggerGracefulShutdown()
            let failure = try await tasks.next() ?? nil
            return Outcome(failure: failure, events: await events.rest())
        }
    }

    /// Waits for the next event of a kind, passing over others.
    func next<Value>(_ pick: (LocalFleetEvent) -> Value?) async throws -> Value? {
        while let event = try await events.next() {
            if let value = pick(event) { return value }
        }
        return nil
    }

    /// Waits for a line of the replica's log.
    func line() async throws -> String? {
        try await next { if case .logged(_, let line) = $0 { line } else { nil } }
    }
}
