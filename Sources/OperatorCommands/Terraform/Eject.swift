import ArgumentParser
import FleetModel
import TerminalView
import TerraformDriver

/// `slipway eject`: the Terraform that this program carries, as files.
struct Eject: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write out the Terraform configuration, to go on with it by hand.",
        discussion: """
            slipway carries terraform/region and terraform/state inside it and runs them from .slipway. This writes \
            them out, with what a person needs who goes on without slipway. Files that are there and differ are left \
            alone. The states are the same: README.md says how init is told of them.
            """
    )

    @Argument(help: "The folder to write to.")
    var folder = "terraform"

    @Flag(help: "Say what would be written, and write nothing.")
    var dryRun = false

    @OptionGroup var answer: AnswerOptions

    var format: OutputFormat { answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let parts = [("region", TerraformConfiguration.region), ("state", TerraformConfiguration.state)]
        let files = parts.flatMap { name, configuration in
            configuration.textByName.sorted { $0.key < $1.key }.map {
                (path: "\(folder)/\(name)/\($0.key)", text: $0.value)
            }
        }
        let others = try files.filter { file in
            let held = try effects.files.read(effects.absolute(file.path))
            return held != nil && held != file.text
        }
        guard others.isEmpty else {
            throw Problem(
                .fileExists, at: .file(others[0].path), "is there already, with other contents",
                detail: "Nothing was written.", hint: "name another folder: slipway eject <folder>"
            )
        }
        guard !dryRun else {
            effects.answer(EjectAnswer(files: files.map(\.path), isDryRun: true), as: format)
            return .done
        }
        for part in parts { try effects.files.makeFolder(effects.absolute("\(folder)/\(part.0)")) }
        for file in files { try effects.files.write(effects.absolute(file.path), file.text) }
        effects.answer(EjectAnswer(files: files.map(\.path), isDryRun: false), as: format)
        return .done
    }
}

/// What was written.
struct EjectAnswer: Answer {
    let files: [String]
    let isDryRun: Bool

    private enum CodingKeys: String, CodingKey {
        case files
        case isDryRun = "dry_run"
    }

    func text(ink: Ink) -> String { files.map { "\(isDryRun ? "Would write" : "Wrote") \($0)\n" }.joined() }
}
