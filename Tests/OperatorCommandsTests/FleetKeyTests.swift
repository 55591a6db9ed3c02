import AWSOperations
import FleetModel
import Testing

@testable import OperatorCommands

/// `secret set --fleet-key`, and secrets that are not of slipway's form.
@Suite struct FleetKeyTests {
    private static let file = """
        project_name: my-mcp
        server: { command: [x], secret_keys: [API_KEY] }
        regions: { eu-west-1: {}, us-east-1: {} }
        """

    private func run(_ words: String..., aws: AWSDouble) async -> (code: Int32, bench: Workbench) {
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": Self.file])
        var effects = bench.effects
        effects.aws = { aws.surroundings }
        effects.readSecret = { _ in Secret("hunter2") }
        effects.machine.randomKey = { Secret("new") }
        return (await Root.run(arguments: ["secret"] + words, effects: effects), bench)
    }

    /// Every secret there is, with this answer for its value.
    private func aws(holding value: String, restart: (Int, String) = (200, "{}")) -> AWSDouble {
        AWSDouble { region, action in
            switch action {
            case "ListSecrets":
                (
                    200,
                    """
                    {"SecretList": [{"ARN": "arn:k", "Name": "my-mcp-dev-\(region)-fleet-key-x"},
                    {"ARN": "arn:s", "Name": "my-mcp-dev-\(region)-api-key-x"}]}
                    """
                )
            case "GetSecretValue": (200, value)
            case "UpdateService": restart
            default: (200, "{}")
            }
        }
    }

    @Test(arguments: [
        ("", "new"), ("one", "new,one"), ("three, two one\n", "new,three,two,one"),
        ("five,four,three,two,one", "new,five,four,three"),
    ])
    func `the new key leads, and up to three earlier ones stay`(_ held: String, _ put: String) {
        #expect(FleetKeyring(.text(Secret(held)))?.led(by: Secret("new")).reveal() == put)
    }

    @Test func `a change after a restart that failed keeps the key that tasks still have`() async {
        let aws = aws(holding: #"{"SecretString": "second,first"}"#)
        let (code, bench) = await run("set", "--fleet-key", aws: aws)
        #expect(code == 0, "\(bench.err)")
        let put = aws.bodies(of: "PutSecretValue")
        #expect(put.count == 2 && put.allSatisfy { $0.contains(#""new,second,first""#) })
    }

    @Test func `a part of the regions gets no key of its own`() async {
        let aws = aws(holding: #"{"SecretString": "first"}"#)
        let (code, bench) = await run("set", "--fleet-key", "--region", "eu-west-1", aws: aws)
        #expect(code == 1 && aws.bodies(of: "PutSecretValue").isEmpty)
        #expect(
            bench.err == """
                Error: --fleet-key is for all regions at once, and --region leaves out us-east-1
                  Regions with different keys don't know each other's sessions. Nothing was set.
                  Hint: leave --region out

                """
        )
        let both = await run("set", "--fleet-key", "--region", "eu-west-1", "--region", "us-east-1", aws: aws)
        #expect(both.code == 0)
    }

    @Test func `a restart that is refused says that the value is set, and how to restart`() async {
        let refusal = (400, #"{"__type":"AccessDeniedException","message":"no"}"#)
        let (code, bench) = await run(
            "set", "API_KEY", "--region", "eu-west-1", "--restart",
            aws: aws(holding: #"{"SecretString": "{}"}"#, restart: refusal)
        )
        #expect(code == 1)
        #expect(
            bench.err == """
                Error: eu-west-1: the API_KEY is set, but no tasks were started anew: AWS refused ecs:UpdateService
                  AccessDeniedException: no
                  Don't set it again: only the restart is left to do.
                  Hint: aws ecs update-service --region eu-west-1 --cluster my-mcp-dev-eu-west-1-cluster \
                --service my-mcp-dev-eu-west-1-service --force-new-deployment

                """
        )
    }

    @Test(arguments: [["set", "--fleet-key"], ["set", "API_KEY"]])
    func `a binary value is left alone`(_ words: [String]) async {
        let aws = aws(holding: #"{"SecretBinary": "aHVzaA=="}"#)
        let (code, bench) = await run(words[0], words[1], aws: aws)
        #expect(code == 1 && aws.bodies(of: "PutSecretValue").isEmpty)
        #expect(bench.err.contains("It was left as it is."), "\(bench.err)")
    }

    @Test func `a binary value is not said to be missing`() async {
        let (code, bench) = await run(
            "status", "--region", "eu-west-1", aws: aws(holding: #"{"SecretBinary": "aHVzaA=="}"#))
        #expect(code == 1)
        #expect(
            bench.out == """
                REGION     KEY        VALUE
                eu-west-1  fleet key  not text
                eu-west-1  API_KEY    not a JSON object

                """
        )
    }
}
