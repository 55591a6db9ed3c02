import ArgumentParser
import FleetModel
import TerminalView
import TerraformDriver

/// `slipway state bootstrap`: makes the bucket, and tells the fleet file of it.
struct StateBootstrap: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "bootstrap",
        abstract: "Make the S3 bucket that keeps Terraform's states, and write it into the fleet file.",
        discussion: """
            Once for an account, by whoever makes the first fleet. The bucket is versioned, encrypted and closed to \
            the public. States that were kept in files so far move into it at the next plan or apply.
            """
    )

    @Argument(help: "The bucket's name, unique in all of AWS, such as my-org-terraform-state.")
    var bucket: String

    @Option(help: ArgumentHelp("The bucket's region. (default: the first of the fleet file)", valueName: "region"))
    var bucketRegion: String?

    @Option(help: ArgumentHelp("The fleet file.", valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var file = FleetFile.name

    @Flag(help: "Don't ask.")
    var yes = false

    @Flag(help: "Say what would be made, and make nothing.")
    var dryRun = false

    @OptionGroup var answer: AnswerOptions

    var format: OutputFormat { answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let fleet = try effects.fleet(in: file)
        try judge(fleet)
        let region = home(fleet)
        guard !dryRun else {
            effects.answer(BootstrapAnswer(bucket: bucket, bucketRegion: region, state: .wouldBeMade), as: format)
            return .done
        }
        if !yes { try ask(region, effects) }
        let text = try effects.fleetText(in: file)
        try await effects.showingProgress(of: [region]) { interruption, report in
            try await make(fleet, region, effects, interruption, report)
        }
        if case .files = fleet.state {
            try effects.files.write(effects.absolute(file), Self.naming(bucket, region, in: text))
        }
        effects.answer(BootstrapAnswer(bucket: bucket, bucketRegion: region, state: .made), as: format)
        return .done
    }

    private func judge(_ fleet: Fleet) throws(Problem) {
        guard BucketName.isValid(bucket) else {
            throw Problem(
                .invalidValue, "\(bucket) is not the name of a bucket", detail: "A name is \(BucketName.rule).",
                hint: "slipway state bootstrap my-org-terraform-state")
        }
        // The same name once more is good: what is missing of the bucket is made.
        guard case .bucket(let named, _) = fleet.state, named != bucket else { return }
        throw Problem(
            .conflict, at: .file(file), "names a bucket already: \(named)",
            detail: "Nothing was made.", hint: "use it: slipway plan")
    }

    private func home(_ fleet: Fleet) -> String {
        if case .bucket(_, let written) = fleet.state { return written }
        return bucketRegion ?? fleet.regions[0].name
    }

    private func ask(_ region: String, _ effects: Effects) throws(Problem) {
        let said = effects.readLine(
            "Make the bucket \(bucket) in \(region), and name it in \(file)? Only yes goes on: ")
        guard said?.lowercased() == "yes" else {
            throw Problem(.usage, "nothing was made, as nobody said yes", hint: "beforehand it is: --yes")
        }
    }

    private func make(
        _ fleet: Fleet,
        _ region: String,
        _ effects: Effects,
        _ interruption: Interruption,
        _ report: @escaping @Sendable (RegionNews) -> Void
    ) async throws {
        let root = effects.absolute(".slipway/state-bucket")
        let local = effects.absolute("\(LocalStates.folder)/\(bucket).bucket.tfstate")
        let terraform = RegionTerraform(
            region: region,
            workspace: TerraformWorkspace(configuration: "\(root)/configuration", directory: root, stateKey: ""),
            backend: .file(local), localState: local,
            variables: "{ \"bucket\": \"\(bucket)\", \"aws_region\": \"\(region)\" }\n",
            program: try TerraformFleet.program(effects), effects: effects, interruption: interruption,
            report: report
        )
        try effects.write(
            TerraformConfiguration.state.runnable(terraform.backend), to: terraform.workspace.configuration)
        try effects.files.makeFolder(effects.absolute(LocalStates.folder))
        try await terraform.prepare()
        let plan = try await terraform.plan()
        if !plan.isNothing { _ = try await terraform.apply(plan, "making the bucket") }
    }

    /// The fleet file's text with the section `state` at its end; an empty one that `slipway init` wrote is filled.
    static func naming(_ bucket: String, _ region: String, in text: String) -> String {
        let setting = "  bucket: \(bucket)\n  bucket_region: \(region)\n"
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let index = lines.firstIndex(where: { $0.hasPrefix("state:") }) {
            lines[index] = "state:\n\(setting.dropLast())"
            return lines.joined(separator: "\n")
        }
        return text + (text.hasSuffix("\n") ? "" : "\n") + "\nstate:\n" + setting
    }
}

/// What was made.
struct BootstrapAnswer: Answer {
    enum State: String, Encodable, Sendable {
        case made
        case wouldBeMade = "would-be-made"
    }

    let bucket: String
    let bucketRegion: String
    let state: State

    func text(ink: Ink) -> String {
        switch state {
        case .made: "The bucket \(bucket) keeps the states from now on. Next: slipway plan\n"
        case .wouldBeMade: "Would make the bucket \(bucket) in \(bucketRegion) and name it in the fleet file.\n"
        }
    }
}
