import AWSOperations
import FleetModel
import Synchronization
import Testing

@testable import OperatorCommands

/// `scale`, `restart`, `deploy` and `rollback` against answers of AWS's form; terraform/emulated has the same against
/// an emulated AWS.
@Suite struct ServiceVerbTests {
    private static let file = """
        project_name: my-mcp
        server: { command: [x], image: "ghcr.io/a/b:1" }
        defaults: { desired_count: 2, create_alb: false }
        regions: { eu-west-1: {}, us-east-1: {} }
        """

    private static let digest = "sha256:" + String(repeating: "5e", count: 32)

    private func run(
        _ words: [String],
        listen: @escaping @Sendable (@escaping @Sendable () -> Void) async -> Void = { _ in },
        _ answer: @escaping AWSDouble.Answer
    ) async -> (code: Int32, bench: Workbench, aws: AWSDouble) {
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": Self.file])
        var effects = bench.effects
        effects.listen = listen
        let aws = AWSDouble(answer)
        effects.aws = { aws.surroundings }
        return (await Root.run(arguments: words, effects: effects), bench, aws)
    }

    private static func service(
        _ id: String = "ecs-svc/2", _ rollout: String = "COMPLETED", revision: Int = 7
    ) -> String {
        """
        {"status": "ACTIVE", "desiredCount": 2, "runningCount": 2, "taskDefinition": "arn:t/my-task:\(revision)",
         "deployments": [{"id": "\(id)", "status": "PRIMARY", "rolloutState": "\(rollout)", "createdAt": 5,
           "desiredCount": 2, "runningCount": 2, "taskDefinition": "arn:t/my-task:\(revision)"}]}
        """
    }

    /// A region where everything goes well.
    private static func well(_ region: String, _ action: String) -> (status: Int, body: String) {
        switch action {
        case "DescribeServices": (200, #"{"services": [\#(service())]}"#)
        case "UpdateService": (200, #"{"service": \#(service("ecs-svc/2", "IN_PROGRESS"))}"#)
        case "DescribeScalableTargets": (200, #"{"ScalableTargets": [{"MinCapacity": 1, "MaxCapacity": 2}]}"#)
        case "ListTasks": (200, #"{"taskArns": []}"#)
        case "ListTaskDefinitions": (200, #"{"taskDefinitionArns": ["arn:t/my-task:6"]}"#)
        case "DescribeTaskDefinition", "RegisterTaskDefinition":
            (
                200,
                """
                {"taskDefinition": {"taskDefinitionArn": "arn:t/my-task:7", "family": "my-task", "revision": 7,
                  "status": "ACTIVE", "containerDefinitions": [{"name": "server", "image": "ghcr.io/a/b:0"}]}}
                """
            )
        default: (200, "{}")
        }
    }

    @Test func `scale sets the range everywhere, waits, and says what the next plan says`() async {
        let (code, bench, aws) = await run(["scale", "2"], Self.well)
        #expect(code == 0, "\(bench.err)")
        #expect(
            bench.out == """
                REGION     WAS     NOW  REVISION  TASKS  STATE
                eu-west-1  1 to 2    2            2/2    done
                us-east-1  1 to 2    2            2/2    done

                """)
        #expect(bench.err.contains("eu-west-1: 2 of 2 tasks run\n") && bench.err.contains("us-east-1: 2 of 2"))
        let sent = aws.bodies(of: "RegisterScalableTarget")
        #expect(
            sent.count == 2 && sent.allSatisfy { $0.contains(#""MinCapacity":2"#) && $0.contains(#""MaxCapacity":2"#) })
        #expect(sent.allSatisfy { !$0.contains("SuspendedState") })
        #expect(aws.bodies(of: "UpdateService").isEmpty)
    }

    @Test func `what differs from the fleet file is said, with what to write`() async {
        let (code, bench, aws) = await run(["scale", "--least", "3", "--most", "5", "--dry-run"], Self.well)
        #expect(code == 0 && bench.err.isEmpty && aws.bodies(of: "RegisterScalableTarget").isEmpty)
        #expect(bench.out.contains("1 to 2  3 to 5                   would change\n"), "\(bench.out)")
        #expect(
            bench.out.hasSuffix(
                "No plan shows it, and an apply leaves it until desired_count or max_count change. To keep it, write "
                    + "desired_count: 3 and max_count: 5 into slipway.yaml.\n"))
    }

    @Test(arguments: [
        (["scale"], "Say one number"), (["scale", "1001"], "Say one number"), (["scale", "-1"], "Error: "),
        (["scale", "--least", "3", "--most", "2"], "Say one number"),
        (["scale", "3", "--most", "4"], "Say one number"),
        (["restart", "--timeout", "0"], "--timeout is 1 to 180 minutes."),
        (["restart", "--timeout", "5", "--no-wait"], "--no-wait and --timeout say the opposite"),
        (["deploy", "--canary", "eu-west-1", "--no-wait"], "--canary waits"),
        (["rollback", "--to", "0"], "--to is the number of a revision"),
        (["secret", "set", "A", "--wait"], "--wait waits for the new tasks of --restart"),
    ])
    func `nonsense is a matter of usage`(_ words: [String], _ message: String) async {
        let (code, bench, aws) = await run(words) { _, _ in (500, "") }
        #expect(code == 64 && bench.err.contains(message), "\(bench.err)")
        #expect(aws.bodies(of: "DescribeServices").isEmpty)
    }

    @Test(arguments: [
        (ScaleRequest.exactly(4), 1...2, 4...4), (.between(least: 3, most: nil), 1...2, 3...3),
        (.between(least: 1, most: nil), 2...6, 1...6), (.between(least: nil, most: 4), 2...6, 2...4),
        (.between(least: nil, most: 1), 2...6, 1...1), (.between(least: 0, most: 0), 2...6, 0...0),
    ])
    func `one end that is not said stays`(_ request: ScaleRequest, _ now: ClosedRange<Int>, _ then: ClosedRange<Int>) {
        #expect(request.range(from: now) == then)
    }

    @Test func `restart begins a deployment and follows that one`() async {
        let (code, bench, aws) = await run(["restart", "--region", "eu-west-1"], Self.well)
        #expect(code == 0, "\(bench.err)")
        #expect(bench.out.contains("my-task:7  2/2    done"), "\(bench.out)")
        let sent = aws.bodies(of: "UpdateService")
        #expect(sent.count == 1 && sent[0].contains(#""forceNewDeployment":true"#) && !sent[0].contains("taskDef"))
    }

    @Test func `a restart that nobody waits for is begun`() async {
        let (code, bench, aws) = await run(["restart", "--region", "eu-west-1", "--no-wait"], Self.well)
        #expect(code == 0 && bench.out.contains("begun") && bench.err.isEmpty)
        #expect(aws.bodies(of: "ListTasks").isEmpty)
    }

    @Test func `an operator who stops waiting stops nothing else`() async {
        let (code, bench, _) = await run(["restart", "--region", "eu-west-1"], listen: { $0() }) { region, action in
            // Never done, and the double's pauses take no time.
            action == "DescribeServices" && region == "eu-west-1"
                ? (200, #"{"services": [\#(Self.service("ecs-svc/2", "IN_PROGRESS"))]}"#) : Self.well(region, action)
        }
        #expect(code == 130 && bench.out.isEmpty)
        #expect(
            bench.err.hasSuffix(
                """
                Error: eu-west-1: the restart was not waited for
                  It goes on in AWS.
                  Hint: see how it is: slipway status --region eu-west-1

                """), "\(bench.err)")
    }

    @Test func `a deployment that ECS goes back from is a failure, with the reasons of its tasks`() async {
        let updated = Mutex(false)
        let (code, bench, _) = await run(["restart", "--region", "eu-west-1"]) { region, action in
            switch action {
            case "UpdateService":
                updated.withLock { $0 = true }
                return Self.well(region, action)
            case "DescribeServices" where updated.withLock({ $0 }):
                let failed = """
                    {"id": "ecs-svc/2", "status": "ACTIVE", "rolloutState": "FAILED", "createdAt": 5,
                     "rolloutStateReason": "tasks failed to start.", "taskDefinition": "arn:t/my-task:7"}
                    """
                let back = Self.service("ecs-svc/1").replacing(
                    "\"deployments\": [", with: "\"deployments\": [\(failed), ")
                return (200, #"{"services": [\#(back)]}"#)
            case "ListTasks": return (200, #"{"taskArns": ["arn:t/c/abc"]}"#)
            case "DescribeTasks":
                return (
                    200,
                    """
                    {"tasks": [{"taskArn": "arn:t/c/abc", "taskDefinitionArn": "arn:t/my-task:7", "lastStatus": "STOPPED",
                      "startedBy": "ecs-svc/2", "stopCode": "EssentialContainerExited", "stoppedReason": "it exited",
                      "containers": [{"name": "server", "exitCode": 1}]}]}
                    """
                )
            default: return Self.well(region, action)
            }
        }
        #expect(code == 1 && bench.out.isEmpty)
        #expect(
            bench.err.hasSuffix(
                """
                Error: eu-west-1: the restart did not come up, and ECS went back to my-task:7
                  tasks failed to start.
                  1 task stopped: EssentialContainerExited: it exited; container server: exit code 1
                  Hint: see what is the matter with: slipway why --region eu-west-1

                """), "\(bench.err)")
        #expect(bench.err.hasPrefix("eu-west-1: task abc stopped: EssentialContainerExited: it exited;"))
    }

    @Test func `deploy makes a revision with the image by its digest, and says what the next plan wants`() async {
        let image = "ghcr.io/a/c@\(Self.digest)"
        let (code, bench, aws) = await run(["deploy", "--image", image, "--region", "eu-west-1"], Self.well)
        #expect(code == 0, "\(bench.err)")
        #expect(aws.bodies(of: "RegisterTaskDefinition").first?.contains(#"ghcr.io\/a\/c@sha256:5e"#) == true)
        #expect(aws.bodies(of: "UpdateService").first?.contains(#""taskDefinition":"arn:t\/my-task:7""#) == true)
        #expect(
            bench.out.hasSuffix(
                "The next plan wants to go back to ghcr.io/a/b:1, and an apply does. To keep this image, write "
                    + "image: \(image) under server in slipway.yaml.\n"), "\(bench.out)")
    }

    @Test func `an image that runs already is not rolled out again`() async {
        let (code, bench, aws) = await run(["deploy", "--image", "ghcr.io/a/b:0"], Self.well)
        #expect(code == 0 && bench.out.contains("unchanged"), "\(bench.out)\(bench.err)")
        #expect(aws.bodies(of: "UpdateService").isEmpty)
    }

    @Test func `a canary that fails spares the other regions`() async {
        let (code, bench, aws) = await run(
            ["deploy", "--image", "ghcr.io/a/c@\(Self.digest)", "--canary", "us-east-1"]
        ) { region, action in
            action == "RegisterTaskDefinition"
                ? (400, #"{"__type":"ClientException","message":"no"}"#) : Self.well(region, action)
        }
        #expect(code == 1 && bench.out.contains("eu-west-1") && bench.out.contains("not begun"), "\(bench.out)")
        #expect(bench.err.hasPrefix("Error: us-east-1: AWS refused ecs:RegisterTaskDefinition\n"))
        #expect(aws.bodies(of: "RegisterTaskDefinition").count == 1)
    }

    @Test(arguments: [
        (["deploy", "--image", "a b"], "Error: --image is not the name of an image: a b\n"),
        (["deploy", "--canary", "eu-west-9"], "Error: slipway.yaml: --canary names eu-west-9"),
        (["rollback", "--to", "3"], "Error: --to is for one region"),
    ])
    func `what can't be done is refused before AWS is asked`(_ words: [String], _ message: String) async {
        let (code, bench, aws) = await run(words) { _, _ in (500, "") }
        #expect(code == 1 && bench.err.hasPrefix(message), "\(bench.err)")
        #expect(aws.bodies(of: "DescribeServices").isEmpty)
    }

    @Test(arguments: [("ACTIVE", 0), ("INACTIVE", 1)])
    func `rollback goes to the revision before, which is made again where it was retired`(
        _ status: String,
        _ registrations: Int
    ) async {
        let looks = Mutex(0)
        let (code, bench, aws) = await run(["rollback", "--region", "eu-west-1"]) { region, action in
            let (code, body) = Self.well(region, action)
            guard action == "DescribeTaskDefinition",
                looks.withLock({
                    $0 += 1; return $0
                }) == 2
            else {
                return (code, body)
            }
            let older = body.replacing(":7", with: ":6").replacing(": 7", with: ": 6").replacing("b:0", with: "b:-1")
            return (code, older.replacing("ACTIVE", with: status))
        }
        #expect(code == 0, "\(bench.err)")
        #expect(bench.out.contains("ghcr.io/a/b:0  ghcr.io/a/b:-1"), "\(bench.out)")
        #expect(aws.bodies(of: "RegisterTaskDefinition").count == registrations)
        let revision = registrations == 0 ? 6 : 7
        #expect(aws.bodies(of: "UpdateService").first?.contains("my-task:\(revision)\"") == true)
    }
}
