/// One run of Terraform as a value: its words and its variables of the environment. Running it is done elsewhere.
///
/// Paths are the caller's to make absolute: `-chdir` would otherwise move them.
package struct TerraformCommand: Equatable, Sendable {
    /// The words after `terraform`. Never a secret among them.
    package let arguments: [String]
    /// What is added to the environment of the run.
    package let environment: [String: String]

    /// What the log of the run is called.
    package var verb: String { arguments.count > 1 ? arguments[1] : "" }

    /// Where the state is kept.
    package enum Backend: Equatable, Sendable {
        /// An S3 bucket that already exists; the lock is a file beside the state (Terraform 1.11, `use_lockfile`).
        case bucket(String, region: String)
        /// A file, for one person alone.
        case file(String)

        /// Terraform's word for it.
        var kind: String {
            switch self {
            case .bucket: "s3"
            case .file: "local"
            }
        }

        /// What `terraform init` is told of it.
        package func settings(key: String) -> [String] {
            switch self {
            case .bucket(let bucket, let region):
                ["bucket=\(bucket)", "key=\(key)", "region=\(region)", "use_lockfile=true", "encrypt=true"]
            case .file(let path): ["path=\(path)"]
            }
        }
    }

    package static let version = TerraformCommand(arguments: ["version", "-json"], environment: [:])

    /// Fetches the providers the lock file names, and no others.
    package static func initialise(_ workspace: TerraformWorkspace, backend: Backend) -> TerraformCommand {
        TerraformCommand(
            "init", workspace,
            ["-input=false", "-no-color", "-lockfile=readonly", "-reconfigure"]
                + backend.settings(key: workspace.stateKey).map { "-backend-config=\($0)" }
        )
    }

    /// What a plan is for.
    package enum Purpose: Sendable {
        case applying
        case destroying
        /// Only to see what has changed behind Terraform's back.
        case comparing
    }

    /// Writes the plan to the workspace; exit code 2 says that changes are pending.
    package static func plan(_ workspace: TerraformWorkspace, for purpose: Purpose = .applying) -> TerraformCommand {
        let (mode, file): ([String], String) =
            switch purpose {
            case .applying: ([], workspace.planFile)
            case .destroying: (["-destroy"], workspace.planFile)
            case .comparing: (["-refresh-only"], workspace.comparisonFile)
            }
        return TerraformCommand(
            "plan", workspace,
            run(workspace) + mode + ["-detailed-exitcode", "-var-file=\(workspace.variablesFile)", "-out=\(file)"]
        )
    }

    /// Carries out exactly the plan that was shown.
    package static func apply(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand("apply", workspace, run(workspace) + [workspace.planFile])
    }

    /// Takes into the state what AWS has made of the resources; changes nothing but the state.
    package static func settle(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand(
            "apply", workspace,
            run(workspace) + ["-refresh-only", "-auto-approve", "-var-file=\(workspace.variablesFile)"])
    }

    package static func output(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand("output", workspace, ["-json", "-no-color"])
    }

    /// A kept plan in Terraform's own words.
    package static func show(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand("show", workspace, ["-no-color", workspace.planFile])
    }

    /// A kept plan as a `PlanDocument`.
    package static func read(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand("show", workspace, ["-json", "-no-color", workspace.planFile])
    }

    /// What a comparison found, as a `PlanDocument`.
    package static func readComparison(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand("show", workspace, ["-json", "-no-color", workspace.comparisonFile])
    }

    /// The addresses of everything the state holds, a line each.
    package static func list(_ workspace: TerraformWorkspace) -> TerraformCommand {
        TerraformCommand("state", workspace, ["list"])
    }

    /// Puts a state where none is, or over one of the same lineage that is older; Terraform refuses any other.
    package static func push(_ workspace: TerraformWorkspace, state: String) -> TerraformCommand {
        TerraformCommand("state", workspace, ["push", state])
    }

    /// Has a half-made resource mended in place rather than replaced.
    package static func untaint(_ workspace: TerraformWorkspace, address: String) -> TerraformCommand {
        TerraformCommand("untaint", workspace, ["-lock-timeout=\(workspace.lockTimeout)s", address])
    }

    /// Takes away a lock that a dead run left behind.
    package static func unlock(_ workspace: TerraformWorkspace, id: String) -> TerraformCommand {
        TerraformCommand("force-unlock", workspace, ["-force", id])
    }

    /// The words of every run whose events are followed.
    private static func run(_ workspace: TerraformWorkspace) -> [String] {
        ["-json", "-input=false", "-no-color", "-lock-timeout=\(workspace.lockTimeout)s"]
    }

    /// The same with more variables in its environment.
    package func adding(_ variables: [String: String]) -> TerraformCommand {
        TerraformCommand(arguments: arguments, environment: environment.merging(variables) { $1 })
    }

    private init(_ verb: String, _ workspace: TerraformWorkspace, _ options: [String]) {
        arguments = ["-chdir=\(workspace.configuration)", verb] + options
        environment = ["TF_DATA_DIR": workspace.dataDirectory, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"]
    }

    private init(arguments: [String], environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
    }
}
