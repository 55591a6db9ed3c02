import FleetModel
import TerraformDriver

extension RegionTerraform {
    /// Writes the variables, and initialises the folder where that was not done for the same before.
    func prepare() async throws(Problem) {
        try effects.files.makeFolder(workspace.directory)
        try effects.files.write(workspace.variablesFile, variables)
        let stamp = stamp
        guard try effects.files.read(workspace.stampFile) != stamp else { return }
        try await checkVersion()
        tell("fetching providers")
        try effects.files.makeFolder(providers)
        let run = try await follow(.initialise(workspace, backend: backend))
        guard run.exitCode == 0 else { throw problem(run, "init", stands: "Nothing was changed.") }
        try await takeAlongLocalState()
        try effects.files.write(workspace.stampFile, stamp)
    }

    /// Everything a folder's initialisation depends on.
    private var stamp: String {
        let lock = TerraformConfiguration.region.textByName[".terraform.lock.hcl"] ?? ""
        return ([program.identity] + backend.settings(key: workspace.stateKey) + [lock]).joined(separator: "\n")
    }

    private func checkVersion() async throws(Problem) {
        let run = try await ask(.version)
        guard run.exitCode == 0, let version = TerraformVersion(json: run.answer) else {
            throw Problem(
                .unavailable, at: .file(program.path), "terraform does not say its version",
                detail: run.progress.lastWords.last, hint: "see whether it runs by itself: terraform version"
            )
        }
        guard version >= TerraformVersion.least else {
            throw Problem(
                .unavailable, at: .file(program.path),
                "is Terraform \(version), and \(TerraformVersion.least) is needed",
                hint: "install a newer one: https://developer.hashicorp.com/terraform/install"
            )
        }
    }

    /// A state that was kept in a file moves into the bucket, once there is one.
    private func takeAlongLocalState() async throws(Problem) {
        let local = localState
        guard case .bucket(let bucket, _) = backend, let text = try effects.files.read(local), !text.isEmpty
        else { return }
        tell("moving its state to \(bucket)")
        let run = try await ask(.push(workspace, state: local))
        guard run.exitCode == 0 else {
            throw Problem(
                .conflict, at: .region(region), "its state was not moved from \(local) to the bucket \(bucket)",
                detail: run.progress.lastWords.joined(separator: "\n") + "\nBoth states are as they were.",
                hint:
                    "keep the one that describes what is there: rename the file away, or take bucket out of the fleet file"
            )
        }
        try effects.files.move(local, "\(local).moved")
    }
}
