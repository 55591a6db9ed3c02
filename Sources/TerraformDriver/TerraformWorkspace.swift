import FleetModel

/// Where one region's Terraform run keeps its things, so that regions can run side by side.
package struct TerraformWorkspace: Equatable, Sendable {
    /// The directory that holds `terraform/region`.
    package let configuration: String
    /// The region's own directory, such as `.slipway/eu-west-1`.
    package let directory: String
    /// The state's key in the bucket: one state for each region, so that no region holds up another.
    package let stateKey: String

    package init(fleet: Fleet, region: String, configuration: String, root: String = ".slipway") {
        self.configuration = configuration
        directory = "\(root)/\(region)"
        stateKey = "\(fleet.projectName)/\(fleet.environment)/\(region).tfstate"
    }

    package var dataDirectory: String { "\(directory)/terraform" }
    package var variablesFile: String { "\(directory)/region.tfvars.json" }
    package var planFile: String { "\(directory)/region.tfplan" }
}
