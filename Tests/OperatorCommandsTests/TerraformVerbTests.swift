import FleetModel
import Testing

@testable import OperatorCommands

/// The verbs that run Terraform, on one that answers from a table; terraform/emulated has them on the real one.
@Suite struct TerraformVerbTests {
    private let bench = Workbench(files: [
        "/srv/my-mcp/slipway.yaml": """
        project_name: my-mcp
        server: { command: [x], image: i:1 }
        regions: { eu-west-1: {}, us-east-1: {} }
        """
    ])

    private func run(
        _ terraform: TerraformDouble,
        _ words: String...,
        said: String? = nil,
        environment: [String: String] = [:],
        listen: @escaping @Sendable (@escaping @Sendable () -> Void) async -> Void = { _ in }
    ) async -> Int32 {
        var effects = bench.effects
        effects.terraform = terraform.program
        effects.machine.freeMemory = { 8 << 30 }
        effects.listen = listen
        effects.environment = { environment }
        effects.readLine = { _ in said }
        return await Root.run(arguments: words, effects: effects)
    }

    @Test func `plan says region by region what would change, and 2`() async {
        let terraform = TerraformDouble(["plan eu-west-1": .making("aws_vpc.main"), "plan us-east-1": .noChanges])
        #expect(await run(terraform, "plan") == 2)
        #expect(
            bench.out == """
                eu-west-1
                  + aws_vpc.main

                REGION     PLAN
                eu-west-1  1 to add
                us-east-1  no changes

                """
        )
        #expect(bench.err.contains("us-east-1: planning\n"))
        #expect(bench.files["/srv/my-mcp/.slipway/eu-west-1/region.tfvars.json"]?.contains("\"my-mcp\"") == true)
        #expect(bench.files["/srv/my-mcp/.slipway/configuration/backend_override.tf"]?.contains("local") == true)
    }

    @Test func `a region that fails neither stops nor hides the others`() async {
        let terraform = TerraformDouble([
            "plan eu-west-1": .failing("AccessDenied", "not authorized"), "plan us-east-1": .making("aws_vpc.main"),
        ])
        #expect(await run(terraform, "plan") == 1)
        #expect(bench.out.contains("us-east-1  1 to add"))
        #expect(
            bench.err.hasSuffix(
                """
                Error: eu-west-1: terraform plan ended with an error
                  AccessDenied
                  not authorized
                  Nothing was changed.
                  Everything it said: .slipway/eu-west-1/plan.log

                """
            )
        )
        #expect(bench.files["/srv/my-mcp/.slipway/eu-west-1/plan.log"]?.hasSuffix("not authorized\n") == true)
    }

    @Test func `Terraform looks for garbage less often, unless the operator says how often`() async {
        let terraform = TerraformDouble(["plan": .noChanges])
        #expect(await run(terraform, "plan", environment: ["GOGC": "50"]) == 0)
        #expect(terraform.additions.allSatisfy { $0["GOGC"] == nil } && !terraform.additions.isEmpty)
        let other = TerraformDouble(["plan": .noChanges])
        #expect(await run(other, "plan") == 0)
        #expect(other.additions.allSatisfy { $0["GOGC"] == "200" })
    }

    @Test func `what was initialised is not initialised again`() async {
        let terraform = TerraformDouble(["plan": .noChanges, "init": .init(lines: [])])
        #expect(await run(terraform, "plan") == 0)
        terraform.set("init", .init(errors: ["Error: must not be run again"], code: 1))
        #expect(await run(terraform, "plan") == 0)
    }

    @Test func `an older Terraform is refused by its version`() async {
        let terraform = TerraformDouble(["version": .init(lines: [#"{"terraform_version":"1.9.8"}"#])])
        #expect(await run(terraform, "plan") == 1)
        #expect(bench.err.contains("Error: /bin/terraform: is Terraform 1.9.8, and 1.11.0 is needed\n"))
    }

    @Test func `what init says on stderr is the reason`() async {
        let terraform = TerraformDouble([
            "init": .init(
                errors: ["", "╷", "│ Error: Failed to query available provider packages", "│ ", "│ no such host", "╵"],
                code: 1)
        ])
        #expect(await run(terraform, "plan", "--region", "eu-west-1") == 1)
        #expect(bench.err.contains("  Error: Failed to query available provider packages\n  no such host\n"))
    }

    @Test(arguments: [nil, "", "no", "y"])
    func `apply without a yes changes nothing`(said: String?) async {
        let terraform = TerraformDouble(["plan": .making("aws_vpc.main")])
        #expect(await run(terraform, "apply", said: said) == 1)
        #expect(terraform.runs.allSatisfy { $0.hasPrefix("plan") })
        #expect(bench.err.contains(said == nil ? "nobody could be asked" : "the answer was not yes"))
    }

    @Test func `apply carries out what was shown, and says what stands where it could not`() async {
        let terraform = TerraformDouble([
            "plan": .making("aws_vpc.main", "aws_lb.main"), "apply": .made("aws_vpc.main", "aws_lb.main"),
        ])
        var half = TerraformDouble.Answer.made("aws_vpc.main")
        half.lines += TerraformDouble.Answer.failing("creating ELB", "Throttling").lines
        half.code = 1
        terraform.set("apply us-east-1", half)
        #expect(await run(terraform, "apply", "--no-wait", said: "yes") == 1)
        #expect(bench.out == "REGION     STATE    CHANGES  TASKS  URL\neu-west-1  applied  2 added\n")
        #expect(
            bench.err.hasSuffix(
                """
                Error: us-east-1: terraform apply ended with an error
                  creating ELB
                  Throttling
                  1 of 2 changes were made; the state knows them.
                  Everything it said: .slipway/us-east-1/apply.log
                  Hint: mend the cause, then apply again: it goes on from here

                """
            )
        )
    }

    @Test func `what was left half-made and would stand in its own way is mended in place`() async {
        let tainted =
            #"{"change":{"resource":{"addr":"aws_lb_target_group.main"},"action":"replace","reason":"tainted"},"type":"planned_change"}"#
        let terraform = TerraformDouble(["plan": .init(lines: [tainted], code: 2)])
        #expect(await run(terraform, "apply", "--yes", "--no-wait", "--region", "eu-west-1") == 0)
        #expect(terraform.runs.prefix(3) == ["plan eu-west-1", "untaint eu-west-1", "plan eu-west-1"])
        #expect(await run(terraform, "plan", "--region", "eu-west-1") == 2)
        #expect(terraform.runs.filter { $0.hasPrefix("untaint") }.count == 1)
    }

    @Test func `a canary that fails holds the others back`() async {
        let terraform = TerraformDouble(["plan": .making("aws_vpc.main"), "apply": .failing("no")])
        #expect(await run(terraform, "apply", "--yes", "--no-wait", "--canary", "us-east-1") == 1)
        #expect(terraform.runs.filter { $0.hasPrefix("apply") } == ["apply us-east-1"])
        #expect(bench.err.contains("Error: eu-west-1: was not begun, as the canary did not come up\n"))
    }

    @Test func `a dry run shows the plan and is done`() async {
        let terraform = TerraformDouble(["plan": .making("aws_vpc.main")])
        #expect(await run(terraform, "apply", "--dry-run") == 0)
        #expect(await run(terraform, "destroy", "--dry-run") == 0)
        #expect(terraform.runs.allSatisfy { $0.hasPrefix("plan") })
    }

    @Test func `Ctrl-C is passed on, nothing more begins, and the exit code is 130`() async {
        let terraform = TerraformDouble(["plan eu-west-1": .init(code: 1, waits: true), "plan us-east-1": .noChanges])
        let code = await run(terraform, "plan", "--parallel", "1", listen: { $0() })
        #expect(code == 130)
        #expect(bench.err.contains("Stopping: what is under way ends in order and unlocks its state."))
        #expect(bench.err.contains("Error: us-east-1: was not begun, because of the interruption\n"))
    }

    @Test func `nothing is applied once an operator has stopped the planning`() async {
        let terraform = TerraformDouble([
            "plan eu-west-1": .making("aws_vpc.main"), "plan us-east-1": .init(code: 1, waits: true),
        ])
        let code = await run(terraform, "apply", "--yes") { heard in
            while terraform.runs.count < 2 { await Task.yield() }
            heard()
        }
        #expect(code == 130)
        #expect(terraform.runs.sorted() == ["plan eu-west-1", "plan us-east-1"])
    }

    @Test func `destroy wants the project's name`() async {
        let terraform = TerraformDouble(["plan": .making("aws_vpc.main")])
        #expect(await run(terraform, "destroy", said: "other") == 1)
        #expect(bench.err.contains("nothing was destroyed, as the project's name was not typed"))
        #expect(await run(terraform, "destroy", "--confirm", "other") == 1)
        #expect(bench.err.contains("the project is my-mcp, not other"))
        #expect(!terraform.runs.contains { $0.hasPrefix("apply") })
    }

    @Test func `destroy lists what it could not remove`() async {
        let terraform = TerraformDouble([
            "plan": .making("aws_vpc.main"), "apply": .failing("DependencyViolation"),
            "state": .init(lines: ["aws_vpc.main", "data.aws_partition.current"]),
        ])
        #expect(await run(terraform, "destroy", "--confirm", "my-mcp", "--region", "eu-west-1") == 1)
        #expect(bench.err.contains("  Still there:\n    aws_vpc.main\n  Hint:"))
    }

    @Test func `a region that fails half-way is given its key all the same, where its secret stands`() async {
        let secret = "aws_secretsmanager_secret.fleet_key[0]"
        let terraform = TerraformDouble(["plan": .making(secret), "apply": .failing("AccessDenied")])
        let aws = AWSDouble { _, action in
            switch action {
            case "ListSecrets":
                let name = "my-mcp-dev-eu-west-1-fleet-key-1"
                return (200, #"{"SecretList": [{"ARN": "arn:\#(name)", "Name": "\#(name)"}]}"#)
            case "GetSecretValue": return (400, #"{"__type": "ResourceNotFoundException", "message": "no value"}"#)
            default: return (200, "{}")
            }
        }
        var effects = bench.effects
        effects.terraform = terraform.program
        effects.machine.freeMemory = { 8 << 30 }
        effects.machine.randomKey = { Secret("hush") }
        effects.listen = { _ in }
        effects.aws = { aws.surroundings }
        let words = ["apply", "--yes", "--no-wait", "--region", "eu-west-1"]
        #expect(await Root.run(arguments: words, effects: effects) == 1)
        #expect(aws.bodies(of: "PutSecretValue").count == 1)
        #expect(bench.err.contains("AccessDenied") && !bench.err.contains("hush"))
    }

    @Test func `destroy retires the revisions that deploy has made`() async {
        let gone = #"{"changes":{"add":0,"change":0,"remove":1,"operation":"destroy"},"type":"change_summary"}"#
        let terraform = TerraformDouble(["plan": .making("aws_vpc.main"), "apply": .init(lines: [gone])])
        let aws = AWSDouble { _, action in
            let left = #"{"taskDefinitionArns": ["arn:aws:ecs:r:1:task-definition/my-mcp-dev-eu-west-1-task:4"]}"#
            return (200, action == "ListTaskDefinitions" ? left : "{}")
        }
        var effects = bench.effects
        effects.terraform = terraform.program
        effects.machine.freeMemory = { 8 << 30 }
        effects.listen = { _ in }
        effects.aws = { aws.surroundings }
        let words = ["destroy", "--confirm", "my-mcp", "--region", "eu-west-1"]
        #expect(await Root.run(arguments: words, effects: effects) == 0, "\(bench.err)")
        let retired = aws.bodies(of: "DeregisterTaskDefinition")
        #expect(retired == [#"{"taskDefinition":"my-mcp-dev-eu-west-1-task:4"}"#])
        #expect(bench.err.contains("eu-west-1: retired 1 revision that slipway deploy had made\n"), "\(bench.err)")
    }

    @Test func `one output of one region stands alone`() async {
        let terraform = TerraformDouble([
            "output eu-west-1": .init(lines: [#"{"application_url":{"value":"https://mcp.example.com"}}"#]),
            "output us-east-1": .init(lines: ["{}"]),
        ])
        #expect(await run(terraform, "output", "application_url", "--region", "eu-west-1") == 0)
        #expect(bench.out == "https://mcp.example.com\n")
        #expect(await run(terraform, "output") == 1)
        #expect(bench.err.contains("Error: us-east-1: has no outputs: nothing was applied here yet\n"))
        #expect(await run(terraform, "output", "aplication_url", "--region", "eu-west-1") == 1)
        #expect(bench.err.contains("  Hint: did you mean application_url?\n"))
    }

    @Test func `a lock of somebody else is told with the way to take it away`() async {
        let terraform = TerraformDouble([
            "plan": .failing("Error acquiring the state lock", #"Lock Info:\n  ID:   12-34\n  Who:   you"#)
        ])
        #expect(await run(terraform, "plan", "--region", "eu-west-1") == 1)
        #expect(bench.err.contains("slipway state unlock 12-34 --region eu-west-1\n"))
        #expect(await run(terraform, "state", "unlock", "12-34", "--region", "eu-west-1", "--dry-run") == 0)
        #expect(bench.out.hasSuffix("eu-west-1: would take the lock 12-34 away.\n"))
        #expect(!terraform.runs.contains { $0.hasPrefix("force-unlock") })
        #expect(await run(terraform, "state", "unlock", "12-34", "--region", "eu-west-1", "--json") == 0)
        #expect(terraform.runs.last == "force-unlock eu-west-1")
        #expect(bench.out.hasSuffix("\"region\" : \"eu-west-1\",\n  \"state\" : \"unlocked\"\n}\n"), "\(bench.out)")
    }
}
