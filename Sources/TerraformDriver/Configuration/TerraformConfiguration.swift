/// A Terraform configuration as this program carries it: the files of one folder below `terraform/`.
package struct TerraformConfiguration: Equatable, Sendable {
    /// The texts by file name.
    package let textByName: [String: String]

    /// One region of a fleet.
    package static let region = TerraformConfiguration(folder: "region")
    /// The bucket that keeps the regions' states.
    package static let state = TerraformConfiguration(folder: "state")

    private init(folder: String) {
        let prefix = "\(folder)/"
        let files = TerraformFiles.textByPath.filter { $0.key.hasPrefix(prefix) }
        textByName = Dictionary(uniqueKeysWithValues: files.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
    }

    /// What Terraform reads of it, with the kind of backend that `init` is given the settings of.
    package func runnable(_ backend: TerraformCommand.Backend) -> [String: String] {
        var files = textByName.filter { $0.key.hasSuffix(".tf") || $0.key.hasSuffix(".lock.hcl") }
        files["backend_override.tf"] = "terraform {\n  backend \"\(backend.kind)\" {}\n}\n"
        return files
    }
}
