import AWSOperations
import FleetModel
import Testing

@testable import OperatorCommands

/// `status` and `secret` against answers of AWS's form; terraform/emulated has the same against an emulated AWS.
@Suite struct RegionVerbTests {
    private static let file = """
        project_name: my-mcp
        server: { command: [x], secret_keys: [API_KEY] }
        regions: { eu-west-1: {}, us-east-1: {} }
        """

    private func run(
        _ words: [String],
        stdin: String = "",
        _ answer: @escaping @Sendable (_ region: String, _ action: String) -> (Int, String)
    ) async -> (code: Int32, bench: Workbench) {
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": Self.file])
        var effects = bench.effects
        let aws = AWSDouble(answer)
        effects.aws = { aws.surroundings }
        effects.web = WebClient { _ in
            let body = #"{"status":"ok","replica":"a","sessions":12,"children":0}"#
            return .success(WebResponse(status: 200, body: Array(body.utf8)))
        }
        effects.readSecret = { _ in Secret(stdin) }
        effects.machine.randomKey = { Secret(String(repeating: "k", count: 64)) }
        return (await Root.run(arguments: words, effects: effects), bench)
    }

    @Test func `a region that refuses is told, and the other is shown`() async {
        let (code, bench) = await run(["status"]) { region, action in
            if region == "us-east-1" { return (400, #"{"__type":"AccessDeniedException","message":"no"}"#) }
            return switch action {
            case "DescribeServices":
                (
                    200,
                    """
                    {"services": [{"status": "ACTIVE", "desiredCount": 2, "runningCount": 1, "deployments": [
                      {"status": "PRIMARY", "rolloutState": "IN_PROGRESS", "rolloutStateReason": "Starting tasks",
                       "taskDefinition": "arn:aws:ecs:eu-west-1:1:task-definition/my-mcp-task:7"}],
                      "loadBalancers": [{"targetGroupArn": "arn:tg"}]}]}
                    """
                )
            case "DescribeScalableTargets":
                (200, #"{"ScalableTargets": [{"MinCapacity": 2, "MaxCapacity": 4}]}"#)
            case "DescribeLoadBalancers":
                (
                    200,
                    """
                    <R><DescribeLoadBalancersResult><LoadBalancers><member><DNSName>alb.example</DNSName></member>
                    </LoadBalancers></DescribeLoadBalancersResult></R>
                    """
                )
            default:
                (
                    200,
                    """
                    <R><DescribeTargetHealthResult><TargetHealthDescriptions><member><TargetHealth><State>healthy</State>
                    </TargetHealth></member></TargetHealthDescriptions></DescribeTargetHealthResult></R>
                    """
                )
            }
        }
        #expect(code == 1)
        #expect(
            bench.out == """
                REGION     STATE      TASKS  TARGETS  RANGE   SESSIONS  ROLLOUT                     CERTIFICATE  URL
                eu-west-1  deploying  1/2    1/1      2 to 4        12  in progress, my-mcp-task:7               http://alb.example
                eu-west-1: Starting tasks

                """
        )
        #expect(
            bench.err == """
                Error: us-east-1: AWS refused ecs:DescribeServices
                  AccessDeniedException: no
                  Hint: allow ecs:DescribeServices for whoever that is; to see who: aws sts get-caller-identity

                """
        )
    }

    @Test func `a fleet that was never applied is absent`() async {
        let (code, bench) = await run(["status", "--json"]) { _, _ in
            (400, #"{"__type":"ClusterNotFoundException","message":"Cluster not found."}"#)
        }
        #expect(code == 0 && bench.err.isEmpty)
        #expect(bench.out.contains("\"state\" : \"absent\"") && bench.out.contains("\"problems\" : ["))
    }

    @Test func `whoever writes the state is told`() async {
        let bench = Workbench(files: [
            "/srv/my-mcp/slipway.yaml": Self.file + "\nstate: { bucket: my-states, bucket_region: us-east-1 }\n"
        ])
        var effects = bench.effects
        effects.aws = {
            AWSDouble { _, action in
                guard action.hasSuffix("us-east-1.amazonaws.com/my-states/my-mcp/dev/eu-west-1.tfstate.tflock") else {
                    return (400, #"{"__type":"ClusterNotFoundException","message":"no"}"#)
                }
                let lock = #""ID":"12-34","Operation":"OperationTypeApply","Created":"2026-11-23T08:00:00Z""#
                return (200, "{\(lock),\"Who\":\"me@laptop\"}")
            }.surroundings
        }
        #expect(await Root.run(arguments: ["status", "--region", "eu-west-1"], effects: effects) == 0)
        #expect(bench.out.hasSuffix("eu-west-1: me@laptop writes its state since 2026-11-23T08:00:00Z (lock 12-34)\n"))
    }

    @Test func `whose lock would be taken away is told, and no other's`() async {
        let file = Self.file + "\nstate: { bucket: my-states, bucket_region: us-east-1 }\n"
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])
        var effects = bench.effects
        effects.aws = {
            AWSDouble { _, _ in
                (200, #"{"ID":"12-34","Operation":"OperationTypeApply","Created":"2026-11-23T08:00:00Z","Who":"me"}"#)
            }.surroundings
        }
        let words = ["--region", "eu-west-1", "--dry-run"]
        #expect(await Root.run(arguments: ["state", "unlock", "12-34"] + words, effects: effects) == 0)
        #expect(
            bench.out == "eu-west-1: would take the lock 12-34 away, which me holds since 2026-11-23T08:00:00Z.\n")
        #expect(await Root.run(arguments: ["state", "unlock", "56-78"] + words, effects: effects) == 1)
        #expect(
            bench.err == """
                Error: eu-west-1: there is no lock 56-78
                  Hint: see whether anybody holds one: slipway status --region eu-west-1

                """)
    }

    @Test func `a deployment that failed is told also while the one before it comes back`() async {
        let (code, bench) = await run(["status", "--region", "eu-west-1"]) { _, action in
            switch action {
            case "DescribeServices":
                (
                    200,
                    """
                    {"services": [{"status": "ACTIVE", "desiredCount": 2, "runningCount": 2, "deployments": [
                      {"status": "PRIMARY", "rolloutState": "IN_PROGRESS", "rolloutStateReason": "Starting tasks",
                       "taskDefinition": "a/my-mcp-task:6"},
                      {"status": "ACTIVE", "rolloutState": "FAILED", "rolloutStateReason": "tasks failed to start",
                       "taskDefinition": "a/my-mcp-task:7"}]}]}
                    """
                )
            case "DescribeScalableTargets": (200, #"{"ScalableTargets": []}"#)
            default: (400, "<R><Error><Code>LoadBalancerNotFound</Code><Message>no</Message></Error></R>")
            }
        }
        #expect(code == 0, "\(bench.err)")
        #expect(bench.out.contains("eu-west-1  failed  2/2"), "\(bench.out)")
        #expect(bench.out.hasSuffix("eu-west-1: tasks failed to start\n"))
    }

    @Test func `a value is put in everywhere and said nowhere`() async {
        let (code, bench) = await run(["secret", "set", "API_KEY"], stdin: "hunter2\n") { region, action in
            switch action {
            case "ListSecrets":
                (200, #"{"SecretList": [{"ARN": "arn:s", "Name": "my-mcp-dev-\#(region)-api-key-x"}]}"#)
            case "GetSecretValue": (400, #"{"__type":"ResourceNotFoundException","message":"no value"}"#)
            default: (200, "{}")
            }
        }
        #expect(code == 0, "\(bench.err)")
        #expect(bench.out == "REGION     KEY      VALUE\neu-west-1  API_KEY  set\nus-east-1  API_KEY  set\n")
        #expect(!(bench.out + bench.err).contains("hunter2"))
    }

    @Test func `a secret of another form is left alone`() async {
        let (code, bench) = await run(["secret", "set", "API_KEY", "--region", "eu-west-1"], stdin: "x") { _, action in
            switch action {
            case "ListSecrets": (200, #"{"SecretList": [{"ARN": "a", "Name": "my-mcp-dev-eu-west-1-api-key-x"}]}"#)
            default: (200, #"{"SecretString": "plain hush"}"#)
            }
        }
        #expect(code == 1 && !bench.err.contains("plain hush"))
        #expect(
            bench.err.hasPrefix("Error: eu-west-1: the secret holds something that is not a JSON object of texts\n"))
    }

    @Test(
        arguments: [
            (["secret", "set"], 64, "Error: Name a key, or say --fleet-key: one of the two."),
            (
                ["secret", "set", "API_KEY", "--fleet-key"], 64,
                "Error: Name a key, or say --fleet-key: one of the two."
            ),
            (["secret", "set", "API_KYE"], 1, "Error: slipway.yaml: secret_keys has no API_KYE"),
            (["secret", "set", "API_KEY"], 1, "Error: the value of API_KEY is empty"),
            (["secret", "set", "API_KEY", "--from-file", "k"], 1, "Error: k: there is no such file"),
        ] as [([String], Int32, String)])
    func `what can't be set is refused before AWS is asked`(_ words: [String], _ code: Int32, _ message: String) async {
        let (ended, bench) = await run(words) { _, action in (500, action) }
        #expect(ended == code)
        #expect(bench.err.hasPrefix(message), "\(bench.err)")
    }
}
