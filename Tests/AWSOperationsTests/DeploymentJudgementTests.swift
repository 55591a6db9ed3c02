import FleetModel
import Testing

@testable import AWSOperations

@Suite struct DeploymentJudgementTests {
    private func deployment(
        _ id: String,
        isPrimary: Bool = true,
        _ rollout: String? = "IN_PROGRESS",
        reason: String = "",
        running: Int = 0,
        at createdAt: Int = 1000,
        of revision: Int = 8
    ) -> ServiceSnapshot.Deployment {
        ServiceSnapshot.Deployment(
            id: id, isPrimary: isPrimary, rollout: rollout, reason: reason, taskDefinition: "task:\(revision)",
            desired: 2, running: running, createdAt: createdAt
        )
    }

    private func service(
        desired: Int = 2,
        running: Int = 2,
        healthy: Int? = 2,
        _ deployments: [ServiceSnapshot.Deployment],
        events: [ServiceSnapshot.Event] = [],
        stopped: [StoppedTask] = []
    ) -> ServiceSnapshot {
        ServiceSnapshot(
            desired: desired, running: running, deployments: deployments, events: events,
            targets: healthy.map { ServiceSnapshot.Targets(healthy: $0, all: $0) }, stopped: stopped
        )
    }

    private func stop(_ id: String, by: String = "ecs-svc/2", _ reason: String = "CannotPull: no") -> StoppedTask {
        StoppedTask(
            id: id, taskDefinition: "task:8", startedBy: by, stopCode: "TaskFailedToStart", stoppedReason: reason,
            containers: [StoppedTask.Container(name: "server", reason: nil, exitCode: 1)]
        )
    }

    private func judgement(_ goal: DeploymentGoal = .deployment(id: "ecs-svc/2")) -> DeploymentJudgement {
        DeploymentJudgement(goal, begun: 1000, limit: 900)
    }

    private var old: ServiceSnapshot.Deployment {
        deployment("ecs-svc/1", isPrimary: false, "COMPLETED", running: 2, at: 10, of: 7)
    }

    @Test func `it is done when it is complete, everything runs and every target is healthy`() {
        var judgement = judgement()
        let states = [
            service(running: 2, [deployment("ecs-svc/2"), old]),
            service(running: 4, [deployment("ecs-svc/2", running: 2), old]),
            service(running: 3, [deployment("ecs-svc/2", "COMPLETED", running: 2)]),
            service(healthy: 1, [deployment("ecs-svc/2", "COMPLETED", running: 2)]),
            service([deployment("ecs-svc/2", "COMPLETED", running: 2)]),
        ]
        #expect(states.map { judgement.look(at: $0, now: 1001).end } == [nil, nil, nil, nil, .done])
    }

    @Test func `without a balancer nobody's health is waited for`() {
        var judgement = judgement()
        let end = judgement.look(at: service(healthy: nil, [deployment("ecs-svc/2", "COMPLETED")]), now: 1001).end
        #expect(end == .done)
    }

    @Test func `a service that sleeps is done at once`() {
        var judgement = judgement()
        #expect(judgement.look(at: service(desired: 0, running: 2, [deployment("ecs-svc/2")]), now: 1001).end == .done)
    }

    @Test func `without an id, the one that is there at the first look is followed`() {
        var judgement = judgement(.deployment())
        #expect(judgement.look(at: service([deployment("ecs-svc/2")]), now: 1001).end == nil)
        let gone = service([deployment("ecs-svc/1", "COMPLETED", running: 2, at: 10, of: 7)])
        #expect(judgement.look(at: gone, now: 1002).end == .rolledBack(reason: ""))
    }

    @Test func `the circuit breaker's way back is a failure, while the failed one is still listed`() {
        var judgement = judgement()
        _ = judgement.look(at: service([deployment("ecs-svc/2"), old]), now: 1001)
        let back = service([
            deployment("ecs-svc/1", running: 2, at: 10, of: 7),
            deployment("ecs-svc/2", isPrimary: false, "FAILED", reason: "tasks failed to start."),
        ])
        #expect(judgement.look(at: back, now: 1002).end == .rolledBack(reason: "tasks failed to start."))
    }

    @Test func `and when it is gone, by the words of the service`() {
        var judgement = judgement()
        _ = judgement.look(at: service([deployment("ecs-svc/2"), old]), now: 1001)
        let told = ServiceSnapshot.Event(
            id: "e", createdAt: 1100, message: "(service s) (deployment ecs-svc/2) deployment failed: tasks.")
        // The deployment that rolls back has an id of its own and is the youngest.
        let gone = service([deployment("ecs-svc/3", "COMPLETED", running: 2, at: 1200, of: 7)], events: [told])
        #expect(judgement.look(at: gone, now: 1201).end == .rolledBack(reason: told.message))
    }

    @Test func `what somebody else deploys meanwhile is no way back`() {
        var judgement = judgement()
        _ = judgement.look(at: service([deployment("ecs-svc/2"), old]), now: 1001)
        let other = service([deployment("ecs-svc/3", at: 1200, of: 9), deployment("ecs-svc/2", isPrimary: false)])
        #expect(judgement.look(at: other, now: 1201).end == .overtaken(by: "task:9"))
    }

    @Test func `a failure with nothing to go back to is one only when nothing follows it`() {
        var judgement = judgement()
        let failed = service([deployment("ecs-svc/2", "FAILED", reason: "no")])
        #expect(judgement.look(at: failed, now: 1001).end == nil)
        #expect(judgement.look(at: failed, now: 1040).end == .failed(reason: "no"))
    }

    @Test func `a deployment that AWS does not list yet is waited for`() {
        var judgement = judgement()
        let stale = service([deployment("ecs-svc/1", "COMPLETED", running: 2, at: 10, of: 7)])
        #expect(judgement.look(at: stale, now: 1001).end == nil)
        #expect(judgement.look(at: service([deployment("ecs-svc/2"), old]), now: 1005).end == nil)
    }

    @Test func `patience ends`() {
        var judgement = judgement()
        let slow = service(running: 1, [deployment("ecs-svc/2"), old])
        #expect(judgement.look(at: slow, now: 1899).end == nil)
        #expect(judgement.look(at: slow, now: 1900).end == .overdue(after: 900))
    }

    @Test(
        arguments: [
            (2, 2, 2, nil), (4, 2, 2, nil), (4, 4, 3, nil), (4, 4, 4, .done), (6, 6, 6, .done), (7, 7, 7, nil),
        ] as [(Int, Int, Int, DeploymentEnd?)])
    func `a range holds when as many run, whatever deployment they are of`(
        _ desired: Int,
        _ running: Int,
        _ healthy: Int,
        _ end: DeploymentEnd?
    ) {
        var judgement = judgement(.range(4...6))
        let one = service(desired: desired, running: running, healthy: healthy, [deployment("ecs-svc/1")])
        #expect(judgement.look(at: one, now: 1001).end == end)
    }

    @Test func `nothing runs only when the last task is gone`() {
        var judgement = judgement(.range(0...0))
        let going = service(desired: 0, running: 1, [deployment("ecs-svc/1")])
        #expect(judgement.look(at: going, now: 1001).end == nil)
        #expect(judgement.look(at: service(desired: 0, running: 0, healthy: 0, [old]), now: 1002).end == .done)
    }

    @Test func `news are told once, and none from before`() {
        var judgement = judgement()
        let events = [
            ServiceSnapshot.Event(id: "b", createdAt: 1001, message: "(service s) has started 1 tasks."),
            ServiceSnapshot.Event(id: "a", createdAt: 500, message: "(service s) has reached a steady state."),
        ]
        let first = service(running: 2, [deployment("ecs-svc/2"), old], events: events, stopped: [stop("t1")])
        #expect(
            judgement.look(at: first, now: 1002).news.map(\.line) == [
                "has started 1 tasks.",
                "task t1 stopped: TaskFailedToStart: CannotPull: no; container server: exit code 1",
                "0 of 2 tasks run, 2 targets are healthy",
            ])
        #expect(judgement.look(at: first, now: 1003).news == [])
        let third = service(
            running: 3, [deployment("ecs-svc/2", running: 1), old],
            stopped: [
                stop("t2"), stop("t3", by: "ecs-svc/1", "old"),
                stop("t4", "Scaling activity initiated by (deployment ecs-svc/2)"),
            ])
        #expect(judgement.look(at: third, now: 1004).news.map(\.line) == ["1 of 2 tasks run, 2 targets are healthy"])
        #expect(judgement.stopped.map(\.id) == ["t1", "t2"])
        #expect(
            StoppedTask.reasons(of: judgement.stopped) == [
                "2 tasks stopped: TaskFailedToStart: CannotPull: no; container server: exit code 1"
            ])
    }

    @Test func `a failure is told with where, why and the next step`() {
        let result = DeploymentResult(
            end: .rolledBack(reason: "deployment failed: tasks failed to start."), taskDefinition: "task:7",
            progress: DeploymentProgress(running: 0, desired: 2, healthyTargets: 0), stopped: [stop("t1")]
        )
        #expect(
            result.problem(of: "the deployment of task:8", in: "eu-west-1")
                == Problem(
                    .failed, at: .region("eu-west-1"),
                    "the deployment of task:8 did not come up, and ECS went back to task:7",
                    detail: "deployment failed: tasks failed to start.\n"
                        + "1 task stopped: TaskFailedToStart: CannotPull: no; container server: exit code 1",
                    hint: "see what is the matter with: slipway why --region eu-west-1"
                )
        )
    }
}
