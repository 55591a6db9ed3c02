import AWSOperations
import FleetModel
import Testing

@testable import OperatorCommands

/// `schedule` where Terraform owns the balancer; terraform/emulated has it where the schedule does.
@Suite struct ScheduleVerbTests {
    private func run(
        _ words: [String],
        schedule: String = "{ enable_weekend_only: true, timezone: Europe/Berlin }",
        isPaused: Bool = false
    ) async -> (code: Int32, bench: Workbench, aws: AWSDouble) {
        let file = """
            project_name: my-mcp
            server: { command: [x] }
            defaults: { desired_count: 2, max_count: 4, create_alb: false }
            regions: { eu-west-1: {} }
            schedule: \(schedule)
            """
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])
        var effects = bench.effects
        effects.listen = { _ in }
        let aws = AWSDouble { _, action in
            switch action {
            case "DescribeScalableTargets":
                (
                    200,
                    """
                    {"ScalableTargets": [{"MinCapacity": 0, "MaxCapacity": 0, "SuspendedState":
                      {"DynamicScalingInSuspended": true, "ScheduledScalingSuspended": \(isPaused)}}]}
                    """
                )
            case "DescribeServices":
                (200, #"{"services": [{"status": "ACTIVE", "desiredCount": 2, "runningCount": 2}]}"#)
            case "ListTasks": (200, #"{"taskArns": []}"#)
            default: (200, "{}")
            }
        }
        effects.aws = {
            var surroundings = aws.surroundings
            // Monday, 23 November 2026, 8:30 UTC.
            surroundings.now = { 1_795_422_600 }
            return surroundings
        }
        return (await Root.run(arguments: words, effects: effects), bench, aws)
    }

    @Test func `show has the next hours by both clocks, and what stands`() async {
        let (code, bench, _) = await run(["schedule", "show"])
        #expect(code == 0, "\(bench.err)")
        #expect(
            bench.out == """
                Saturdays and Sundays, 6:00 to 22:00 Europe/Berlin. Now it is to be down.
                NEXT  Europe/Berlin         UTC
                up    Sat 2026-11-28 06:00  Sat 2026-11-28 05:00
                down  Sat 2026-11-28 22:00  Sat 2026-11-28 21:00
                up    Sun 2026-11-29 06:00  Sun 2026-11-29 05:00
                down  Sun 2026-11-29 22:00  Sun 2026-11-29 21:00
                REGION     SCHEDULE  RANGE
                eu-west-1  on            0

                """)
    }

    @Test func `show in JSON has the seconds too`() async {
        let (_, bench, _) = await run(["schedule", "show", "--json"], isPaused: true)
        #expect(bench.out.contains("\"seconds_since1970\" : 1795842000"), "\(bench.out)")
        #expect(bench.out.contains("\"is_paused\" : true") && bench.out.contains("\"phase\" : \"down\""))
    }

    @Test func `up sets what the schedule would, and says how long that lasts`() async {
        let (code, bench, aws) = await run(["schedule", "up"])
        #expect(code == 0, "\(bench.err)")
        let sent = aws.bodies(of: "RegisterScalableTarget")
        #expect(sent.count == 1 && sent[0].contains(#""MinCapacity":2"#) && sent[0].contains(#""MaxCapacity":4"#))
        #expect(
            bench.out.hasSuffix(
                """
                eu-west-1    0  2 to 4            2/2    done
                The schedule says its word again at Mon 2026-11-23 10:00 Europe/Berlin (Mon 2026-11-23 09:00 UTC): \
                0 tasks. Hold it off with: slipway schedule pause

                """), "\(bench.out)")
    }

    @Test func `an operator who stops following the machine stops nothing else`() async {
        let file = """
            project_name: my-mcp
            server: { command: [x] }
            regions: { eu-west-1: {} }
            schedule: { enable_weekend_only: true, destroy_albs_when_scaled_down: true }
            domain: { enable_domain: true, domain_name: example.com }
            """
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])
        let aws = AWSDouble { _, action in (200, Self.machineThatNeverEnds[action] ?? "{}") }
        var effects = bench.effects
        effects.listen = { $0() }
        effects.aws = { aws.surroundings }
        let code = await Root.run(arguments: ["schedule", "down"], effects: effects)
        #expect(code == 130 && bench.out.isEmpty, "\(bench.err)")
        #expect(aws.bodies(of: "StartExecution").count == 1)
        #expect(
            bench.err.hasSuffix(
                """
                Error: eu-west-1: the way down was not waited for
                  It goes on in AWS.
                  Hint: see how it is: slipway status --region eu-west-1

                """), "\(bench.err)")
    }

    private static let machineThatNeverEnds = [
        "DescribeScalableTargets": #"{"ScalableTargets": [{"MinCapacity": 2, "MaxCapacity": 2}]}"#,
        "DescribeServices": """
        {"services": [{"serviceArn": "arn:aws:ecs:eu-west-1:123456789012:service/c/s", "status": "ACTIVE",
          "desiredCount": 2, "runningCount": 2}]}
        """,
        "StartExecution": #"{"executionArn": "arn:e"}"#,
        "DescribeExecution": #"{"status": "RUNNING"}"#,
        "DescribeStacks": """
        <R><DescribeStacksResult><Stacks><member><StackStatus>UPDATE_IN_PROGRESS</StackStatus><Parameters><member>
        <ParameterKey>Phase</ParameterKey><ParameterValue>open</ParameterValue></member></Parameters></member>
        </Stacks></DescribeStacksResult></R>
        """,
    ]

    @Test func `a paused schedule lets up last`() async {
        let (_, bench, _) = await run(["schedule", "up", "--dry-run"], isPaused: true)
        #expect(bench.out.hasSuffix("The schedule is paused: it leaves this alone until slipway schedule resume.\n"))
    }

    @Test func `what the schedule says itself needs no word about it`() async {
        let (_, bench, _) = await run(["schedule", "down", "--no-wait"])
        #expect(bench.out.hasSuffix("begun\n"), "\(bench.out)")
    }

    @Test func `pause keeps whatever else is held off`() async {
        let (code, bench, aws) = await run(["schedule", "pause"])
        #expect(code == 0 && bench.out.contains("eu-west-1  on   paused"), "\(bench.out)")
        let sent = aws.bodies(of: "RegisterScalableTarget").first ?? ""
        #expect(
            sent.contains(#""ScheduledScalingSuspended":true"#) && sent.contains(#""DynamicScalingInSuspended":true"#))
        #expect(!sent.contains("Capacity"))
    }

    @Test func `what is paused already is left alone, and resumed with a word on when it goes on`() async {
        let (_, again, aws) = await run(["schedule", "pause"], isPaused: true)
        #expect(again.out.contains("unchanged") && aws.bodies(of: "RegisterScalableTarget").isEmpty)
        let (_, bench, _) = await run(["schedule", "resume"], isPaused: true)
        #expect(bench.out.contains("says its word again at Mon 2026-11-23 10:00 Europe/Berlin"), "\(bench.out)")
    }

    @Test(arguments: ["up", "down", "pause", "resume"])
    func `a fleet without a schedule has nothing to move`(_ verb: String) async {
        let (code, bench, aws) = await run(["schedule", verb], schedule: "{}")
        #expect(code == 1 && bench.err.hasPrefix("Error: slipway.yaml: the fleet has no schedule\n"), "\(bench.err)")
        #expect(aws.bodies(of: "RegisterScalableTarget").isEmpty)
    }

    @Test func `and shows that it runs always`() async {
        let (code, bench, _) = await run(["schedule", "show"], schedule: "{}")
        #expect(code == 0 && bench.out == "The fleet has no schedule: it runs always.\n")
    }
}
