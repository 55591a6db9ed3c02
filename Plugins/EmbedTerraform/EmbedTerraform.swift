import Foundation
import PackagePlugin

/// Puts the Terraform configurations into the program, so that a copied `slipway` works anywhere.
@main
struct EmbedTerraform: BuildToolPlugin {
    /// By folder below `terraform/`, how the names of the files end that travel: everything Terraform reads of a
    /// configuration and what a person who goes on by hand starts from, and the emulated AWS of rehearsals.
    private static let endings = [
        "region": configuration, "state": configuration,
        "emulated/extensions": ["workaround.py", "requirements.txt"],
    ]
    private static let configuration = [".tf", ".terraform.lock.hcl", ".example", "README.md"]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "terraform")
        let inputs = try Self.endings.sorted { $0.key < $1.key }.flatMap { name, endings in
            try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path).sorted()
                .filter { file in
                    let isWanted = endings.contains { file.hasSuffix($0) } || file.hasPrefix("ministack_")
                    return isWanted && file != "backend_override.tf"
                }
                .map { "\(name)/\($0)" }
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "TerraformFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding terraform/",
                executable: try context.tool(named: "embed-files").url,
                arguments: [output.path, folder.path] + inputs,
                inputFiles: inputs.map { folder.appending(path: $0) },
                outputFiles: [output]
            )
        ]
    }
}
