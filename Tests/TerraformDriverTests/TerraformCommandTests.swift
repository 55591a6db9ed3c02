import FleetModel
import Testing

@testable import TerraformDriver

@Suite struct TerraformCommandTests {
    private let workspace: TerraformWorkspace

    init() throws {
        let fleet = try FleetFile.parse(
            "project_name: my-mcp\nserver: { command: [x] }\nregions: { eu-west-1: {} }\n"
        )
        workspace = TerraformWorkspace(
            fleet: fleet,
            region: "eu-west-1",
            root: "/home/me/.slipway"
        )
    }

    @Test func `init locks the state in its bucket and leaves the lock file alone`() {
        #expect(
            TerraformCommand.initialise(workspace, backend: .bucket("states", region: "eu-west-1")).arguments == [
                "-chdir=/home/me/.slipway/configuration", "init", "-input=false", "-no-color", "-lockfile=readonly",
                "-reconfigure", "-backend-config=bucket=states",
                "-backend-config=key=my-mcp/dev/eu-west-1.tfstate", "-backend-config=region=eu-west-1",
                "-backend-config=use_lockfile=true", "-backend-config=encrypt=true",
            ]
        )
        #expect(
            TerraformCommand.initialise(workspace, backend: .file("/tmp/a.tfstate")).arguments.last
                == "-backend-config=path=/tmp/a.tfstate"
        )
    }

    @Test func `plan says by its exit code whether changes are pending, and keeps the plan`() {
        #expect(
            TerraformCommand.plan(workspace).arguments == [
                "-chdir=/home/me/.slipway/configuration", "plan", "-json", "-input=false", "-no-color",
                "-lock-timeout=300s", "-detailed-exitcode", "-var-file=/home/me/.slipway/eu-west-1/region.tfvars.json",
                "-out=/home/me/.slipway/eu-west-1/region.tfplan",
            ]
        )
        #expect(TerraformCommand.plan(workspace, for: .destroying).arguments.contains("-destroy"))
        let comparison = TerraformCommand.plan(workspace, for: .comparing).arguments
        #expect(comparison.contains("-refresh-only"))
        #expect(comparison.last == "-out=/home/me/.slipway/eu-west-1/comparison.tfplan")
    }

    @Test func `apply carries out the plan that was shown and nothing else`() {
        #expect(
            TerraformCommand.apply(workspace).arguments == [
                "-chdir=/home/me/.slipway/configuration", "apply", "-json", "-input=false", "-no-color",
                "-lock-timeout=300s", "/home/me/.slipway/eu-west-1/region.tfplan",
            ]
        )
    }

    @Test func `output answers in JSON`() {
        #expect(
            TerraformCommand.output(workspace).arguments == [
                "-chdir=/home/me/.slipway/configuration", "output", "-json", "-no-color",
            ]
        )
    }

    @Test func `each region has a data directory of its own`() {
        #expect(
            TerraformCommand.plan(workspace).environment == [
                "TF_DATA_DIR": "/home/me/.slipway/eu-west-1/terraform", "TF_IN_AUTOMATION": "1",
                "CHECKPOINT_DISABLE": "1",
            ]
        )
    }
}
