import FleetModel
import Testing

@testable import OperatorCommands

/// What a verb says where it refuses before Terraform, AWS or a process is asked.
@Suite struct RefusalTextTests {
    private static let plain = "server: { command: [x] }"
    private static let inBucket = plain + "\nstate: { bucket: my-states, bucket_region: eu-west-1 }"
    private static let withDomain = plain + "\ndomain: { enable_domain: true, domain_name: example.com }"

    private func said(
        _ line: String,
        _ file: String = plain,
        besides files: [String: String] = [:],
        _ change: (inout Effects) -> Void = { _ in }
    ) async -> (code: Int32, bench: Workbench) {
        let text = "project_name: my-mcp\n\(file)\nregions: { eu-west-1: {}, us-east-1: {} }\n"
        let bench = Workbench(files: files.merging(["/srv/my-mcp/slipway.yaml": text]) { $1 })
        var effects = bench.effects
        effects.aws = { .refusing }
        effects.readLine = { _ in nil }
        change(&effects)
        return (await Root.run(arguments: line.split(separator: " ").map(String.init), effects: effects), bench)
    }

    @Test(arguments: [
        (
            "deploy", plain, "slipway.yaml: server names no image",
            "name one with: slipway deploy --image <reference>"
        ),
        (
            "deploy --image i:1 --canary mars", plain,
            "slipway.yaml: --canary names mars, which is not one of the regions",
            "name one of eu-west-1, us-east-1"
        ),
        (
            "deploy --image UPPER", plain, "--image is not the name of an image: UPPER",
            "write one such as ghcr.io/my-org/my-mcp:1.1"
        ),
        (
            "rollback --to 3", plain, "--to is for one region, as each numbers its revisions by itself",
            "add --region, such as --region eu-west-1"
        ),
        (
            "secret set --fleet-key --region eu-west-1", plain,
            "--fleet-key is for all regions at once, and --region leaves out us-east-1", "leave --region out"
        ),
        (
            "state bootstrap my-other-states", inBucket, "slipway.yaml: names a bucket already: my-states",
            "use it: slipway plan"
        ),
        ("state bootstrap my-states", plain, "nothing was made, as nobody said yes", "beforehand it is: --yes"),
        (
            "state unlock 12-34", plain, "a lock is one region's",
            "name it: slipway state unlock 12-34 --region eu-west-1"
        ),
        (
            "apply --canary mars", plain, "mars, the canary, is none of the regions that are applied",
            "name one of eu-west-1, us-east-1"
        ),
        (
            "destroy --region eu-west-1", withDomain,
            "eu-west-1: owns the proof of the domain's certificate, which the other regions need",
            "make another region the first of slipway.yaml and apply; then destroy this one"
        ),
        (
            "logs --since 1h --until 2h", plain, "--until is before --since",
            "see whether the two are swapped"
        ),
        (
            "up --region mars", plain, "slipway.yaml: regions has no mars",
            "name one of eu-west-1, us-east-1"
        ),
        (
            "status --region mars", plain, "slipway.yaml: regions has no mars",
            "name one of eu-west-1, us-east-1"
        ),
    ])
    func `a refusal says what stands in the way, and what to do`(
        _ line: String, _ file: String, _ summary: String, _ hint: String
    ) async {
        let (code, bench) = await said(line, file)
        #expect(code == 1 && bench.out.isEmpty)
        #expect(bench.err.hasPrefix("Error: \(summary)\n") && bench.err.contains("\n  Hint: \(hint)\n"), "\(bench.err)")
    }

    @Test(arguments: ["plan", "apply", "destroy", "drift", "output", "state unlock 12-34 --region eu-west-1"])
    func `without terraform nothing begins`(_ line: String) async {
        let (code, bench) = await said(line) { effects in
            effects.terraform.find = { nil }
            effects.listen = { _ in }
        }
        #expect(code == 1 && bench.out.isEmpty)
        #expect(bench.err.contains("Error: there is no terraform on PATH\n"), "\(bench.err)")
        #expect(bench.err.contains("  Hint: install it: https://developer.hashicorp.com/terraform/install\n"))
    }

    @Test func `a folder whose name AWS does not take needs another`() async {
        let (code, bench) = await said("init -- my-server") { $0.currentDirectory = { "/srv/2026" } }
        #expect(code == 1)
        #expect(bench.err.hasPrefix("Error: the project has no name yet\n"), "\(bench.err)")
        #expect(bench.err.hasSuffix("  Hint: choose one with: slipway init --name my-mcp\n"))
    }

    @Test func `up needs the gateway beside it`() async {
        let (code, bench) = await said("up") { effects in
            effects.machine.program = { "/opt/bin/slipway" }
            effects.machine.isExecutable = { _ in false }
        }
        #expect(code == 1)
        #expect(
            bench.err.hasPrefix("Error: /opt/bin/slipway-gateway: there is no gateway beside this program\n"),
            "\(bench.err)")
    }

    @Test func `what eject would write over is left alone`() async {
        let other = ["/srv/my-mcp/terraform/region/ecs.tf": "mine\n"]
        let (code, bench) = await said("eject", besides: other)
        #expect(code == 1 && bench.files["/srv/my-mcp/terraform/region/ecs.tf"] == "mine\n")
        let (dry, empty) = await said("eject --dry-run")
        #expect(dry == 0 && empty.files.count == 1)
        #expect(empty.out.hasPrefix("Would write terraform/region/"))
        #expect(empty.out.contains("Would write terraform/state/") && !empty.out.contains("Wrote"))
        #expect(bench.files.count == 2)
        #expect(
            bench.err == """
                Error: terraform/region/ecs.tf: is there already, with other contents
                  Nothing was written.
                  Hint: name another folder: slipway eject <folder>

                """)
    }

    @Test func `a value may be long, and not longer`() async {
        let keys = "server: { command: [x], secret_keys: [API_KEY] }"
        let (code, bench) = await said("secret set API_KEY", keys) { effects in
            effects.readSecret = { _ in Secret(String(repeating: "a", count: 32769)) }
        }
        #expect(code == 1)
        #expect(bench.err.hasPrefix("Error: the value of API_KEY is longer than 32768 bytes\n  Nothing was set.\n"))
    }
}
