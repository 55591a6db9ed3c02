import FleetModel
import TerraformDriver

/// Terraform for one region: its folder, its state, its variables, and the runs it needs.
struct RegionTerraform: Sendable {
    let region: String
    let workspace: TerraformWorkspace
    let backend: TerraformCommand.Backend
    /// Where the state is, or was before there was a bucket.
    let localState: String
    /// The text of the variables' file.
    let variables: String
    let program: TerraformProgram.Found
    let effects: Effects
    let interruption: Interruption
    let report: @Sendable (RegionNews) -> Void

    /// A run whose events are followed, and whose every line goes to the region's log of that verb.
    func follow(_ command: TerraformCommand) async throws(Problem) -> TerraformRun {
        let transcript = TerraformTranscript()
        let log = workspace.logFile(of: command.verb)
        try effects.files.write(log, "terraform \(command.arguments.joined(separator: " "))\n")
        let effects = effects
        let report = report
        let region = region
        let code = try await run(command) { _, text in
            let line = TerraformLine(text)
            // A full disk must not stop Terraform in the middle of an apply.
            try? effects.files.append(log, line.words + "\n")  // the console still says how it went
            report(RegionNews(region: region, what: .progress(transcript.take(line))))
        }
        return transcript.run(code)
    }

    /// A run for what it writes to stdout.
    func ask(_ command: TerraformCommand) async throws(Problem) -> TerraformRun {
        let transcript = TerraformTranscript()
        let code = try await run(command) { isError, text in
            if isError { _ = transcript.take(TerraformLine(text)) } else { transcript.keep(text) }
        }
        return transcript.run(code)
    }

    private func run(
        _ command: TerraformCommand,
        _ line: @escaping @Sendable (_ isError: Bool, _ line: String) -> Void
    ) async throws(Problem) -> Int32 {
        try await effects.terraform.run(program.path, adapted(command), interruption.counts(), line)
    }

    /// The same with what the operator's environment leaves open.
    private func adapted(_ command: TerraformCommand) -> TerraformCommand {
        let environment = effects.environment()
        var additions: [String: String] = [:]
        // A plan is a quarter less work where Go looks for garbage half as often, and takes a tenth more memory.
        if environment["GOGC"] == nil { additions["GOGC"] = "200" }
        // Providers are fetched once for all regions, unless the operator keeps a cache already.
        if command.verb == "init", environment["TF_PLUGIN_CACHE_DIR"] == nil, environment["TF_CLI_CONFIG_FILE"] == nil {
            additions["TF_PLUGIN_CACHE_DIR"] = providers
        }
        return command.adding(additions)
    }

    /// Where they are kept.
    var providers: String { "\(workspace.configuration)/../providers" }

    func tell(_ phase: String, total: Int? = nil) {
        report(RegionNews(region: region, what: .phase(phase, total: total)))
    }
}
