import FleetModel
import ServiceLifecycle
import Subprocess
import SystemPackage

/// One replica's process, started again whenever it ends, until the fleet stops.
struct ReplicaService {
    /// A process that ends sooner than this did not really run.
    static let shortLife: Duration = .seconds(3)
    /// So many short lives in a row are a fault that starting again won't mend.
    static let mostShortLives = 5

    let plan: LocalFleetPlan
    let replica: LocalFleetPlan.Replica
    let clock: any Clock<Duration>
    let report: @Sendable (LocalFleetEvent) -> Void

    /// Runs until the surrounding service is asked to stop and the process has drained.
    func run() async throws {
        var shortLives = 0
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let start = ContinuousClock.now
            let how = try await runOnce()
            let isStopping = Task.isShuttingDownGracefully || Task.isCancelled
            report(.ended(replica: replica.name, how: how, isReplaced: !isStopping))
            if isStopping { return }
            shortLives = ContinuousClock.now - start < Self.shortLife ? shortLives + 1 : 0
            guard shortLives < Self.mostShortLives else {
                throw LocalFleetFailure.replicaKeepsEnding(replica: replica.name, how: how)
            }
            let pause = Duration.milliseconds(100) * (1 << shortLives)
            try? await cancelWhenGracefulShutdown { try await clock.sleep(for: pause) }  // stopping ends the pause
        }
    }

    private func runOnce() async throws -> String {
        var options = PlatformOptions()
        // A group of its own, so that the terminal's Ctrl-C reaches the fleet once, through slipway.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(3))]
        do {
            let result = try await Subprocess.run(
                .path(FilePath(plan.gateway)),
                arguments: Arguments(plan.arguments(of: replica)),
                environment: .custom(
                    Dictionary(uniqueKeysWithValues: plan.environment.map { (.init(stringLiteral: $0), $1.reveal()) })
                ),
                platformOptions: options,
                // The open pipe is the gateway's lifeline: it closes when slipway is gone, however it went.
                input: .inputWriter,
                output: .discarded,
                error: .sequence
            ) { execution in
                report(.started(replica: replica.name, process: Int32(execution.processIdentifier.value)))
                try await follow(execution)
            }
            return Self.words(result.terminationStatus)
        } catch let error as SubprocessError {
            throw LocalFleetFailure.noGateway(plan.gateway, "\(error)")
        }
    }

    private static func words(_ status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "exit code \(code)"
        case .signaled(let signal): "signal \(signal)"
        }
    }

    /// Passes the log on until it ends, and the fleet's wish to stop to the process.
    private func follow(_ execution: Execution<CustomWriteInput, DiscardedOutput, SequenceOutput>) async throws {
        let patience = Duration.seconds(plan.drainSeconds + 5)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                for try await line in execution.standardError.strings(bufferingPolicy: .unbounded) {
                    report(.logged(replica: replica.name, line: line))
                }
            }
            tasks.addTask {
                try await gracefulShutdown()
                try execution.send(signal: .terminate)
                try await clock.sleep(for: patience)
                try execution.send(signal: .kill)
            }
            defer { tasks.cancelAll() }
            try await tasks.next()
        }
    }
}

/// All replicas, side by side; one that keeps ending ends the fleet.
struct ReplicaSetService: Service {
    let replicas: [ReplicaService]

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for replica in replicas { tasks.addTask { try await replica.run() } }
            try await tasks.waitForAll()
        }
    }
}
