import FleetModel

/// Where one run of Terraform keeps its things, so that regions can run side by side.
package struct TerraformWorkspace: Equatable, Sendable {
    /// The folder with the configuration.
    package let configuration: String
    /// The region's own folder, such as `.slipway/eu-west-1`.
    package let directory: String
    /// The state's key in the bucket: one state for each region, so that no region holds up another.
    package let stateKey: String

    /// How many seconds somebody else's lock is waited for.
    package let lockTimeout: Int

    /// Longer than another operator's usual apply, and shorter than anybody's patience.
    package static let usualLockTimeout = 300

    package init(
        configuration: String,
        directory: String,
        stateKey: String,
        lockTimeout: Int = usualLockTimeout
    ) {
        self.configuration = configuration
        self.directory = directory
        self.stateKey = stateKey
        self.lockTimeout = lockTimeout
    }

    /// - Parameter root: the absolute path of `.slipway`.
    package init(fleet: Fleet, region: String, root: String, lockTimeout: Int = usualLockTimeout) {
        self.init(
            configuration: "\(root)/configuration",
            directory: "\(root)/\(region)",
            stateKey: Self.stateKey(fleet, region),
            lockTimeout: lockTimeout
        )
    }

    package static func stateKey(_ fleet: Fleet, _ region: String) -> String {
        "\(fleet.projectName)/\(fleet.environment)/\(region).tfstate"
    }

    package var dataDirectory: String { "\(directory)/terraform" }
    package var variablesFile: String { "\(directory)/region.tfvars.json" }
    package var planFile: String { "\(directory)/region.tfplan" }
    package var comparisonFile: String { "\(directory)/comparison.tfplan" }
    /// What `init` was last done with; it need not be done again for the same.
    package var stampFile: String { "\(directory)/initialised" }

    package func logFile(of verb: String) -> String { "\(directory)/\(verb).log" }
}
