/// One run of Terraform as a value: its words and its variables of the environment. Running it is done elsewhere.
///
/// Paths are the caller's to make absolute: `-chdir` would otherwise move them.
package struct TerraformCommand: Equatable, Sendable {
    /// The words after `terraform`. Never a secret among them.
    package let arguments: [String]
    /// What is added to the environment of the run.
    package let environment: [String: String]

    /// Where the state is kept.
    package enum Backend: Equatable, Sendable {
        /// An S3 bucket that already exists; the lock is a file beside the state (Terraform 1.11, `use_lockfile`).
        case bucket(String, region: String)
        /// A file, for trying things out alone.
        case file(String)
    }

    /// Fetches the providers the lock file names, and no others.
    package static func initialise(_ workspace: TerraformWorkspace, backend: Backend) -> TerraformCommand {
        let settings =
            switch backend {
            case .bucket(let bucket, let region):
                [
                    "bucket=\(bucket)", "key=\(workspace.stateKey)", "region=\(region)", "use_lockfile=true",
                    "encrypt=true",
                ]
            case .file(let path):
                ["path=\(path)"]
            }
        return TerraformCommand(
            "init", workspace,
            ["-input=false", "-no-color", "-lockfile=readonly", "-reconfigure"]
                + settings.map { "-backend-config=\($0)" }
        )
    }

    /// Writes the plan to the workspace; exit code 2 says that changes are pending.
    package static func plan(_ workspace: TerraformWorkspace, isDestroying: Bool = false) -> TerraformCommand {
        TerraformCommand(
            "plan", workspace,
            run + (isDestroying ? ["-destroy"] : [])
                + ["-detailed-exitcode", "-var-file=\(workspace.variablesFile)", "-out=\(workspace.planFile)"]
        )
    }

    /// Carries out exactly the plan that was shown.
    package static func apply(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand("apply", workspace, run + [workspace.planFile])
    }

    /// Plans and destroys in one go; the caller has asked already.
    package static func destroy(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand(
            "destroy", workspace, run + ["-auto-approve", "-var-file=\(workspace.variablesFile)"]
        )
    }

    package static func output(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand("output", workspace, ["-json", "-no-color"])
    }

    /// Five minutes are longer than another operator's usual apply, and shorter than anybody's patience.
    private static let run = ["-json", "-input=false", "-no-color", "-lock-timeout=5m"]

    private init(_ verb: String, _ workspace: TerraformWorkspace, _ options: [String]) {
        arguments = ["-chdir=\(workspace.configuration)", verb] + options
        environment = ["TF_DATA_DIR": workspace.dataDirectory, "TF_IN_AUTOMATION": "1"]
    }
}
