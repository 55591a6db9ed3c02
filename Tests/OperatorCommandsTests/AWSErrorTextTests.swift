import AWSOperations
import FleetModel
import Testing

@testable import OperatorCommands

/// What the verbs that ask AWS say of answers that are not what they hoped for.
@Suite struct AWSErrorTextTests {
    private static let file = """
        project_name: my-mcp
        server: { command: [x], image: "ghcr.io/a/b:1", secret_keys: [API_KEY] }
        regions: { eu-west-1: {} }

        """
    private static let scheduled =
        file + "schedule: { enable_weekend_only: true, destroy_albs_when_scaled_down: true }\n"
        + "domain: { enable_domain: true, domain_name: example.com }\n"

    private func said(
        _ line: String,
        _ file: String = file,
        surroundings: AWSSurroundings
    ) async -> (code: Int32, bench: Workbench) {
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])
        var effects = bench.effects
        effects.aws = { surroundings }
        effects.listen = { _ in }
        effects.readSecret = { _ in Secret("hunter2") }
        effects.machine.randomKey = { Secret(String(repeating: "k", count: 64)) }
        return (await Root.run(arguments: line.split(separator: " ").map(String.init), effects: effects), bench)
    }

    private static let service = """
        {"services": [{"status": "ACTIVE", "desiredCount": 1, "runningCount": 1, "taskDefinition": "arn:t/my-task:7"}]}
        """
    private static let revision = """
        {"taskDefinition": {"taskDefinitionArn": "arn:t/my-task:7", "family": "my-task", "revision": 7,
          "containerDefinitions": [{"name": "CONTAINER", "image": "i:0"}]}}
        """
    private static let target = #"{"ScalableTargets": [{"MinCapacity": 1, "MaxCapacity": 2}]}"#

    private static func stack(_ parameter: String) -> String {
        """
        <R><DescribeStacksResult><Stacks><member><StackStatus>UPDATE_COMPLETE</StackStatus><Parameters><member>
        <ParameterKey>\(parameter)</ParameterKey><ParameterValue>closed</ParameterValue></member></Parameters></member>
        </Stacks></DescribeStacksResult></R>
        """
    }

    private static func secrets(_ names: String...) -> String {
        let entries = names.map { #"{"ARN": "arn:\#($0)", "Name": "my-mcp-dev-eu-west-1-\#($0)"}"# }
        return #"{"SecretList": [\#(entries.joined(separator: ","))]}"#
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let line: String
        var file = AWSErrorTextTests.file
        let answers: [String: String]
        let summary: String
        let hint: String

        var testDescription: String { summary }
    }

    @Test(arguments: [
        Row(
            line: "deploy",
            answers: [
                "DescribeServices": service, "DescribeTaskDefinition": revision.replacing("CONTAINER", with: "a"),
            ],
            summary: "my-task:7 has no container server",
            hint: "see who made it: aws ecs describe-task-definition --region eu-west-1 --task-definition my-task:7"
        ),
        Row(
            line: "rollback",
            answers: [
                "DescribeServices": service, "DescribeTaskDefinition": revision.replacing("CONTAINER", with: "server"),
                "ListTaskDefinitions": #"{"taskDefinitionArns": []}"#,
            ],
            summary: "there is no revision before my-task:7",
            hint: "deploy another image with: slipway deploy --image <reference>"
        ),
        Row(
            line: "scale 2", answers: ["DescribeScalableTargets": #"{"ScalableTargets": []}"#],
            summary: "there is no scalable target service/my-mcp-dev-eu-west-1-cluster/my-mcp-dev-eu-west-1-service",
            hint: "apply the region first"
        ),
        Row(
            line: "scale 2", file: scheduled,
            answers: ["DescribeScalableTargets": target, "DescribeStacks": stack("Phase")],
            summary: "the edge is closed, so nobody could reach a task",
            hint: "open it first: slipway schedule up --region eu-west-1"
        ),
        Row(
            line: "schedule show", file: scheduled,
            answers: ["DescribeScalableTargets": target, "DescribeStacks": stack("Other")],
            summary: "the stack my-mcp-dev-eu-west-1-edge has no phase", hint: "apply the region first"
        ),
        Row(
            line: "secret set API_KEY", answers: ["ListSecrets": secrets()],
            summary: "there is no secret whose name begins with my-mcp-dev-eu-west-1-api-key",
            hint: "apply the region first"
        ),
        Row(
            line: "secret set API_KEY", answers: ["ListSecrets": secrets("api-key-a", "api-key-b")],
            summary: "several secrets begin with my-mcp-dev-eu-west-1-api-key",
            hint: "remove those that no task definition names: aws secretsmanager delete-secret"
        ),
        Row(
            line: "secret set --fleet-key",
            answers: ["ListSecrets": secrets("fleet-key-a"), "GetSecretValue": #"{"SecretBinary": "aHVzaA=="}"#],
            summary: "the secret of the fleet key holds bytes, not text",
            hint: "put a key in by hand: openssl rand -hex 32 | "
                + "aws secretsmanager put-secret-value --secret-string file:///dev/stdin"
        ),
        Row(
            line: "status", answers: ["DescribeServices": "<html>welcome</html>"],
            summary: "the answer to ecs:DescribeServices is not of the form AWS describes",
            hint: "where AWS_ENDPOINT_URL is set, ask whoever answers there; else report this as a fault in slipway"
        ),
    ])
    func `an answer that is no good is told with its remedy`(_ row: Row) async {
        let aws = AWSDouble { _, action in (200, row.answers[action] ?? "{}") }
        let (code, bench) = await said(row.line, row.file, surroundings: aws.surroundings)
        #expect(code == 1)
        #expect(bench.err.hasPrefix("Error: eu-west-1: \(row.summary)"), "\(bench.err)")
        #expect(bench.err.hasSuffix("  Hint: \(row.hint)\n"), "\(bench.err)")
        #expect(!(bench.out + bench.err).contains("hunter2"))
        #expect(
            ["PutSecretValue", "RegisterScalableTarget", "UpdateService"].allSatisfy { aws.bodies(of: $0).isEmpty })
    }

    @Test func `a revision that is not there is told with the way to those that are`() async {
        let aws = AWSDouble { _, action in
            action == "DescribeTaskDefinition"
                ? (400, #"{"__type":"ClientException","message":"Unable to describe task definition."}"#)
                : (200, Self.service)
        }
        let (code, bench) = await said("deploy", surroundings: aws.surroundings)
        #expect(code == 1)
        #expect(bench.err.hasPrefix("Error: eu-west-1: there is no task definition arn:t/my-task:7\n"), "\(bench.err)")
        #expect(bench.err.contains("  Hint: list them with: aws ecs list-task-definitions --region eu-west-1 "))
    }

    @Test(arguments: [
        (
            "restart", #"{"services": [{"status": "ACTIVE", "desiredCount": 1, "runningCount": 1}]}"#, "{}",
            "DescribeServices", "The service has no task definition."
        ),
        (
            "restart", #"{"services": [{"status": "ACTIVE", "runningCount": "hunter2"}]}"#, "{}",
            "DescribeServices", "services[0] has no desiredCount."
        ),
        (
            "restart", #"{"services": [{"status": "ACTIVE", "desiredCount": "hunter2"}]}"#, "{}",
            "DescribeServices", "services[0].desiredCount is of another kind."
        ),
        ("restart", "hunter2", "{}", "DescribeServices", "It is not JSON."),
        (
            "deploy", service, #"{"taskDefinition": {}}"#, "DescribeTaskDefinition",
            "arn:t/my-task:7 has no family or no revision."
        ),
    ])
    func `an answer of AWS that lacks what it always has is told`(
        _ line: String, _ services: String, _ other: String, _ action: String, _ detail: String
    ) async {
        let aws = AWSDouble { _, action in (200, action == "DescribeServices" ? services : other) }
        let (code, bench) = await said(line, surroundings: aws.surroundings)
        #expect(code == 1)
        #expect(
            bench.err == """
                Error: eu-west-1: the answer to ecs:\(action) is not of the form AWS describes
                  \(detail)
                  Hint: where AWS_ENDPOINT_URL is set, ask whoever answers there; else report this as a fault in slipway

                """, "\(bench.err)")
    }

    @Test func `an AWS that does not answer is told with its address`() async {
        var surroundings = AWSSurroundings.refusing
        surroundings.variables = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "hush"]
        let (code, bench) = await said("status", surroundings: surroundings)
        #expect(code == 1)
        #expect(
            bench.err == """
                Error: eu-west-1: ecs:DescribeServices was not answered
                  https://ecs.eu-west-1.amazonaws.com: refused.
                  Hint: see whether this machine reaches AWS, and what AWS_ENDPOINT_URL says

                """, "\(bench.err)")
    }

    @Test func `a container whose role gives nothing is told where it asked`() async {
        var surroundings = AWSSurroundings.refusing
        surroundings.variables = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1"]
        let (code, bench) = await said("status", surroundings: surroundings)
        #expect(code == 1)
        #expect(
            bench.err == """
                Error: the container's role gave no credentials
                  http://169.254.170.2/v2/credentials/1: refused.
                  Hint: give the task a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY

                """, "\(bench.err)")
    }
}
