import FleetModel
import Testing

@testable import OperatorCommands

/// What the verbs that run Terraform say where it does not go as wanted.
@Suite struct TerraformErrorTextTests {
    private func said(
        _ line: String,
        _ terraform: TerraformDouble,
        file: String = "",
        besides files: [String: String] = [:],
        typed: String? = nil,
        _ aws: AWSDouble? = nil,
        listen: @escaping @Sendable (@escaping @Sendable () -> Void) async -> Void = { _ in }
    ) async -> (code: Int32, bench: Workbench) {
        let text = """
            project_name: my-mcp
            server: { command: [x], image: i:1, secret_keys: [API_KEY] }
            regions: { eu-west-1: {}, us-east-1: {} }
            \(file)

            """
        let bench = Workbench(files: files.merging(["/srv/my-mcp/slipway.yaml": text]) { $1 })
        var effects = bench.effects
        effects.terraform = terraform.program
        effects.machine.freeMemory = { 8 << 30 }
        effects.listen = listen
        effects.readLine = { _ in typed }
        if let aws { effects.aws = { aws.surroundings } }
        return (await Root.run(arguments: line.split(separator: " ").map(String.init), effects: effects), bench)
    }

    private static let making = TerraformDouble(["plan": .making("aws_vpc.main")])
    private static let plan = "/srv/my-mcp/.slipway/eu-west-1/region.tfplan"

    @Test(arguments: [
        (nil, "nobody could be asked, and nothing was changed", "say it beforehand: slipway apply --yes"),
        ("y", "nothing was changed, as the answer was not yes", "the plans are kept: slipway apply --planned"),
    ])
    func `only a yes applies`(_ typed: String?, _ summary: String, _ hint: String) async {
        let terraform = TerraformDouble(["plan": .making("aws_vpc.main")])
        let (code, bench) = await said("apply", terraform, typed: typed)
        #expect(code == 1 && bench.err.hasSuffix("Error: \(summary)\n  Hint: \(hint)\n"), "\(bench.err)")
        #expect(!terraform.runs.contains { $0.hasPrefix("apply") })
    }

    @Test func `a plan that was not kept can't be carried out`() async {
        let (code, bench) = await said("apply --planned --region eu-west-1", Self.making)
        #expect(code == 1)
        #expect(
            bench.err.hasSuffix("Error: eu-west-1: no plan was kept\n  Hint: make one: slipway plan\n"), "\(bench.err)")
    }

    @Test func `a kept plan that is none is made anew`() async {
        let terraform = TerraformDouble(["show": .init(errors: ["Error: not a plan file"], code: 1)])
        let (code, bench) = await said("apply --planned --region eu-west-1", terraform, besides: [Self.plan: "?"])
        #expect(code == 1)
        #expect(
            bench.err.hasSuffix(
                """
                Error: eu-west-1: the plan that was kept can't be read
                  Error: not a plan file
                  Hint: make it anew: slipway plan

                """), "\(bench.err)")
    }

    @Test func `a terraform that is something else is told`() async {
        let terraform = TerraformDouble(["version": .init(lines: ["hello"], errors: ["no such file"], code: 1)])
        let (code, bench) = await said("plan --region eu-west-1", terraform)
        #expect(code == 1)
        #expect(
            bench.err.hasSuffix(
                """
                Error: /bin/terraform: terraform does not say its version
                  no such file
                  Hint: see whether it runs by itself: terraform version

                """), "\(bench.err)")
    }

    @Test func `a state that can't move into the bucket stays, and so does the other`() async {
        let local = "/srv/my-mcp/slipway-state/eu-west-1.tfstate"
        let (code, bench) = await said(
            "plan --region eu-west-1", TerraformDouble(["state": .init(errors: ["it has another lineage"], code: 1)]),
            file: "state: { bucket: my-states, bucket_region: eu-west-1 }", besides: [local: "{}"])
        #expect(code == 1 && bench.files[local] == "{}")
        #expect(
            bench.err.contains("Error: eu-west-1: its state was not moved from \(local) to the bucket my-states\n"),
            "\(bench.err)")
        #expect(bench.err.contains("  it has another lineage\n  Both states are as they were.\n"))
    }

    @Test func `a lock that stays is told with Terraform's words`() async {
        let terraform = TerraformDouble(["force-unlock": .init(errors: ["Error: no such lock"], code: 1)])
        let (code, bench) = await said("state unlock 12-34 --region eu-west-1", terraform)
        #expect(code == 1)
        #expect(bench.err.contains("Error: eu-west-1: terraform force-unlock ended with an error\n"), "\(bench.err)")
        #expect(bench.err.contains("  Error: no such lock\n  The lock is as it was.\n"))
    }

    @Test func `several errors are counted, and three are told`() async {
        let errors = (1...4).flatMap { TerraformDouble.Answer.failing("fault \($0)").lines }
        let terraform = TerraformDouble(["plan": .init(lines: errors, code: 1)])
        let (code, bench) = await said("plan --region eu-west-1", terraform)
        #expect(code == 1)
        #expect(
            bench.err.contains(
                """
                Error: eu-west-1: terraform plan ended with 4 errors
                  fault 1
                  fault 2
                  fault 3
                  ... and 1 more errors
                  Nothing was changed.

                """), "\(bench.err)")
    }

    @Test func `the proof of the certificate stays while another region does`() async {
        let terraform = TerraformDouble([
            "plan": .making("aws_vpc.main"), "apply us-east-1": .failing("DependencyViolation"),
        ])
        let (code, bench) = await said(
            "destroy --confirm my-mcp", terraform, file: "domain: { enable_domain: true, domain_name: example.com }")
        #expect(code == 1 && !terraform.runs.contains("apply eu-west-1"))
        #expect(
            bench.err.contains(
                """
                Error: eu-west-1: was kept, as another region could not be removed
                  It owns the proof of the domain's certificate.
                  Hint: destroy again once the other is gone

                """), "\(bench.err)")
    }

    @Test func `tasks that wait for a secret are not waited for`() async {
        let terraform = TerraformDouble(["plan": .making("aws_vpc.main"), "apply": .made("aws_vpc.main")])
        let aws = AWSDouble { region, action in
            action == "ListSecrets"
                ? (200, #"{"SecretList": [{"ARN": "a", "Name": "my-mcp-dev-\#(region)-api-key-x"}]}"#)
                : (400, #"{"__type":"ResourceNotFoundException","message":"no value"}"#)
        }
        let (code, bench) = await said("apply --yes --region eu-west-1", terraform, aws)
        #expect(code == 1)
        #expect(
            bench.err.hasSuffix(
                """
                Error: eu-west-1: is made, but no task can start before there is a value for API_KEY
                  Everything in the plan was done.
                  Hint: put it in: slipway secret set API_KEY --restart

                """), "\(bench.err)")
    }
}
