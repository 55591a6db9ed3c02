import Testing

@testable import OperatorCommands

/// `why` against answers of AWS's form; AWSOperationsTests has the table, terraform/emulated a region.
@Suite struct WhyVerbTests {
    private static let file = """
        project_name: my-mcp
        server: { command: [x], secret_keys: [API_KEY], image: ghcr.io/o/i:1 }
        regions: { eu-west-1: {} }
        """

    private func why(
        _ words: [String] = [],
        running: Int,
        _ answer: @escaping @Sendable (String) -> (Int, String)?
    ) async -> (code: Int32, bench: Workbench, aws: AWSDouble) {
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": Self.file])
        var effects = bench.effects
        let aws = AWSDouble { _, action in answer(action) ?? Self.usual(action, running: running) }
        effects.aws = { aws.surroundings }
        return (await Root.run(arguments: ["why"] + words, effects: effects), bench, aws)
    }

    private static func usual(_ action: String, running: Int) -> (Int, String) {
        switch action {
        case "DescribeServices":
            (
                200,
                """
                {"services": [{"status": "ACTIVE", "desiredCount": 2, "runningCount": \(running), "pendingCount": 1,
                  "events": [{"id": "e1", "message": "has started 1 tasks"}], "loadBalancers": [{"targetGroupArn": "arn:tg"}],
                  "networkConfiguration": {"awsvpcConfiguration": {"securityGroups": ["sg-t"]}}}]}
                """
            )
        case "DescribeScalableTargets": (200, #"{"ScalableTargets": []}"#)
        case "DescribeLoadBalancers":
            (
                200,
                """
                <R><DescribeLoadBalancersResult><LoadBalancers><member><DNSName>alb.example</DNSName>
                <SecurityGroups><member>sg-b</member></SecurityGroups></member></LoadBalancers>
                </DescribeLoadBalancersResult></R>
                """
            )
        case "DescribeTargetHealth":
            (
                200,
                """
                <R><DescribeTargetHealthResult><TargetHealthDescriptions><member><Target><Id>10.0.0.1</Id></Target>
                <TargetHealth><State>\(running == 2 ? "healthy" : "unhealthy")</State><Reason>Target.Timeout</Reason>
                </TargetHealth></member><member><TargetHealth><State>healthy</State></TargetHealth></member>
                </TargetHealthDescriptions></DescribeTargetHealthResult></R>
                """
            )
        case "DescribeSecurityGroups":
            (
                200,
                """
                <R><securityGroupInfo><item><groupId>sg-t</groupId><ipPermissions><item><ipProtocol>-1</ipProtocol>
                <groups><item><groupId>sg-b</groupId></item></groups></item></ipPermissions><ipPermissionsEgress><item>
                <ipProtocol>-1</ipProtocol></item></ipPermissionsEgress></item><item><groupId>sg-b</groupId>
                <ipPermissionsEgress><item><ipProtocol>-1</ipProtocol><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item>
                </ipRanges></item></ipPermissionsEgress></item></securityGroupInfo></R>
                """
            )
        case "ListTasks": (200, #"{"taskArns": ["a/b/0123456789"]}"#)
        case "DescribeTasks":
            (
                200,
                """
                {"tasks": [{"taskArn": "a/b/0123456789", "stopCode": "EssentialContainerExited", "stoppedAt": 1.5,
                  "stoppedReason": "Essential container in task exited",
                  "containers": [{"name": "server", "exitCode": 1}]}]}
                """
            )
        case "GetLogEvents": (200, #"{"events": [{"message": "no module\u001b[2J x\n"}]}"#)
        case "ListSecrets":
            (
                200,
                #"{"SecretList": [{"ARN": "s", "Name": "my-mcp-dev-eu-west-1-api-key-x"}, "#
                    + #"{"ARN": "s", "Name": "my-mcp-dev-eu-west-1-fleet-key-x"}]}"#
            )
        default: (200, #"{"SecretString": "{\"API_KEY\": \"hush\"}"}"#)
        }
    }

    @Test func `causes come with what shows them and what to do`() async {
        let (code, bench, aws) = await why(running: 0) { _ in nil }
        #expect(code == 1 && bench.err.isEmpty, "\(bench.err)")
        #expect(
            bench.out == """
                eu-west-1: short, 0 of 2 tasks run
                  1. The server ends by itself
                     task 01234567: EssentialContainerExited, Essential container in task exited, server ended with 1
                     it wrote: no module x
                     Fix: read all it wrote: slipway logs --since 2h --region eu-west-1
                  2. /health does not answer in time on port 8001
                     target 10.0.0.1: unhealthy, Target.Timeout
                     Fix: see what the tasks are busy with: slipway logs --region eu-west-1

                """
        )
        #expect(aws.bodies(of: "GetLogEvents").first?.contains(#"ecs\/server\/0123456789"#) == true)
        #expect(!bench.out.contains("hush"))
    }

    @Test func `a region that is as it should be is told so`() async {
        let (code, bench, _) = await why(running: 2) { _ in nil }
        #expect(code == 0)
        #expect(bench.out == "eu-west-1: running, 2 of 2 tasks run\n  Everything is as it should be.\n", "\(bench.out)")
    }

    @Test func `what may not be looked at is noted, and the rest is explained`() async {
        let (code, bench, _) = await why(running: 0) { action in
            ["DescribeSecurityGroups", "ListSecrets"].contains(action)
                ? (400, #"{"__type":"AccessDeniedException","message":"no"}"#) : nil
        }
        #expect(code == 1 && bench.out.contains("  1. The server ends by itself\n"))
        #expect(
            bench.out.contains("  Not looked at: AWS refused secretsmanager:ListSecrets: AccessDeniedException: no\n"))
        #expect(bench.out.contains("  Not looked at: AWS refused ec2:DescribeSecurityGroups"), "\(bench.out)")
    }

    @Test func `programs get the same as one document`() async {
        let (code, bench, _) = await why(["--json"], running: 0) { _ in nil }
        #expect(code == 1)
        #expect(
            bench.out.contains(#""cause" : "The server ends by itself""#) && bench.out.contains(#""is_fault" : true"#))
        #expect(bench.out.contains(#""problems" : ["#) && bench.out.contains(#""is_good" : false"#))
    }
}
