import FleetModel
import Synchronization
import Testing

@testable import AWSOperations

/// The wait itself, with AWS's answers in place of AWS and a clock that goes on when somebody pauses.
@Suite struct DeploymentWatchTests {
    private final class World: Sendable {
        private let state: Mutex<(now: Int, looks: Int)> = Mutex((1000, 0))
        let answer: @Sendable (_ action: String, _ look: Int) -> (Int, String)

        init(_ answer: @escaping @Sendable (_ action: String, _ look: Int) -> (Int, String)) {
            self.answer = answer
        }

        var now: Int { state.withLock { $0.now } }

        var client: AWSClient {
            var surroundings = FakeWorld().surroundings
            surroundings.now = { self.now }
            surroundings.pause = { pause in self.state.withLock { $0.now += Int(pause.components.seconds) } }
            surroundings.web = WebClient { request in
                let action = request.headers.first { $0.name == "x-amz-target" }?.value.split(separator: ".").last
                let look = self.state.withLock { state in
                    if action == "DescribeServices" { state.looks += 1 }
                    return state.looks
                }
                let (status, body) = self.answer(action.map(String.init) ?? "query", look)
                return .success(WebResponse(status: status, body: Array(body.utf8)))
            }
            return AWSClient(
                region: "eu-west-1", credentials: Credentials(accessKeyID: "A", secretAccessKey: Secret("b")),
                surroundings)
        }
    }

    private func wait(
        in world: World,
        until goal: DeploymentGoal = .deployment(id: "ecs-svc/2")
    ) async throws -> (result: DeploymentResult, news: [String]) {
        let fleet = try FleetFile.parse(
            "project_name: my-mcp\nserver: { command: [x] }\nregions: { eu-west-1: {} }\n", named: "slipway.yaml")
        let news = Mutex<[String]>([])
        let watch = DeploymentWatch(world.client, fleet, fleet.regions[0])
        let result = try await watch.wait(until: goal) { new in news.withLock { $0.append(new.line) } }
        return (result, news.withLock { $0 })
    }

    private static func service(_ rollout: String, running: Int) -> String {
        """
        {"services": [{"status": "ACTIVE", "desiredCount": 1, "runningCount": \(running), "events": [
            {"id": "e1", "createdAt": 1001.5, "message": "(service s) has started 1 tasks."}],
          "loadBalancers": [{"targetGroupArn": "arn:tg"}],
          "deployments": [{"id": "ecs-svc/2", "status": "PRIMARY", "rolloutState": "\(rollout)", "createdAt": 1000.2,
            "desiredCount": 1, "runningCount": \(running), "taskDefinition": "arn:x/my-task:8"}]}]}
        """
    }

    private static let healthy = """
        <R><DescribeTargetHealthResult><TargetHealthDescriptions><member><TargetHealth><State>healthy</State>
        </TargetHealth></member></TargetHealthDescriptions></DescribeTargetHealthResult></R>
        """

    @Test func `it looks until the deployment is up, and tells why tasks stopped on the way`() async throws {
        let world = World { action, look in
            switch action {
            case "DescribeServices":
                (200, Self.service(look < 3 ? "IN_PROGRESS" : "COMPLETED", running: look < 3 ? 0 : 1))
            case "ListTasks": (200, look < 2 ? #"{"taskArns": []}"# : #"{"taskArns": ["arn:t/c/abc"]}"#)
            case "DescribeTasks":
                (
                    200,
                    """
                    {"tasks": [{"taskArn": "arn:t/c/abc", "taskDefinitionArn": "arn:x/my-task:8", "lastStatus": "STOPPED",
                      "startedBy": "ecs-svc/2", "stopCode": "EssentialContainerExited",
                      "stoppedReason": "Essential container in task exited",
                      "containers": [{"name": "server", "exitCode": 137, "reason": "OutOfMemoryError"}]}]}
                    """
                )
            default: (200, Self.healthy)
            }
        }
        let (result, news) = try await wait(in: world)
        #expect(result.end == .done && result.taskDefinition == "my-task:8")
        #expect(
            news == [
                "has started 1 tasks.", "0 of 1 task runs, 1 target is healthy",
                "task abc stopped: EssentialContainerExited: Essential container in task exited; "
                    + "container server: exit code 137, OutOfMemoryError",
                "1 of 1 task runs, 1 target is healthy",
            ])
        #expect(world.now == 1010)
    }

    @Test func `what AWS leaves unanswered for a while is asked again, a refusal is not`() async throws {
        let moody = World { action, look in
            switch action {
            case "DescribeServices" where look < 5: (503, "busy")
            case "DescribeServices": (200, Self.service("COMPLETED", running: 1))
            case "ListTasks": (200, #"{"taskArns": []}"#)
            default: (200, Self.healthy)
            }
        }
        #expect(try await wait(in: moody).result.end == .done)
        let closed = World { _, _ in (400, #"{"__type":"AccessDeniedException","message":"no"}"#) }
        let problem = await #expect(throws: Problem.self) { _ = try await wait(in: closed) }
        #expect(problem?.summary == "AWS refused ecs:DescribeServices")
    }

    @Test func `a service that is not there is said so`() async {
        let world = World { _, _ in (200, #"{"services": []}"#) }
        let problem = await #expect(throws: Problem.self) { _ = try await wait(in: world) }
        #expect(problem?.summary == "there is no service my-mcp-dev-eu-west-1-service")
    }
}
