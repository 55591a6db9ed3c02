import ArgumentParser
import FleetModel
import TerminalView

/// `slipway rehearse`: a fleet's whole life, before an account is touched.
struct Rehearse: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play the fleet's whole life against an emulated AWS on this machine.",
        usage: """
            slipway rehearse [options]
            slipway rehearse [options] -- <client> ...
            """,
        discussion: """
            Starts an emulated AWS (ministack, from PyPI, in an environment of its own), makes every region with the \
            real Terraform, shakes hands as clients of both eras of MCP do, puts secrets in, scales, deploys a new \
            revision and kills a task while clients call, plays the schedule, finds what somebody changed by hand, \
            removes everything, and looks whether anything is left. No account is asked, and no secret of yours is \
            used but those of slipway.env.

            With docker or podman, tasks run as containers of server.image; without, as entries in a table, and the \
            report says what that leaves out. Takes seven minutes or so; Ctrl-C cleans up. Exit code 1 when an act fails.

            A command after -- is a client of your own. It is started for each region before tasks are replaced, with \
            the region's address as its last word and SLIPWAY_REHEARSAL_ACT saying what is done (deploy or kill), and \
            sent SIGTERM afterwards; it has to end with exit code 0.

              slipway rehearse
              slipway rehearse --region eu-west-1 --image ghcr.io/my-org/my-mcp:1.1
              slipway rehearse -- python3 my_client.py
            """
    )

    @Option(help: ArgumentHelp("An emulated AWS that runs already, in place of one that is started.", valueName: "url"))
    var endpoint: String?

    @Option(
        help: ArgumentHelp("The image that is deployed over the fleet file's. (default: the same)", valueName: "image"))
    var image: String?

    @Flag(help: "Leave containers out, even where there is an engine.")
    var withoutContainers = false

    @Option(help: ArgumentHelp("Where the report for people is written.", valueName: "path"), completion: .file())
    var report = ".slipway/rehearsal.html"

    @OptionGroup var headers: ProbeHeaders

    @OptionGroup var options: FleetOptions

    @Argument(parsing: .postTerminator, help: "A client of your own, word by word, after --.")
    var client: [String] = []

    var format: OutputFormat { options.answer.format }

    func validate() throws {
        guard let endpoint else { return }
        guard Self.isEmulator(endpoint) else {
            throw ValidationError("--endpoint is the http address of an emulator, such as http://127.0.0.1:4566.")
        }
    }

    /// AWS itself is no place for a rehearsal, and speaks https.
    static func isEmulator(_ endpoint: String) -> Bool {
        endpoint.hasPrefix("http://") && !endpoint.lowercased().contains("amazonaws")
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try options.chosen(effects)
        try refusePart(of: fleet, chosen)
        let sent = try headers.read(effects)
        let answer = try await effects.interruptible { interruption in
            try await RehearsalRun(self, fleet, chosen, sent, effects, interruption).run()
        }
        let path = effects.absolute(report)
        try effects.files.makeFolder(
            path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"))
        try effects.files.write(path, RehearsalPage(answer, fleet).html)
        effects.console.err("The report: \(report)\n")
        let outcome = effects.tell(answer, as: format)
        return answer.verdict == .interrupted ? .interrupted : outcome
    }

    /// The first region owns the proof of the domain's certificate, and goes last.
    private func refusePart(of fleet: Fleet, _ chosen: [Region]) throws(Problem) {
        guard fleet.domain.isEnabled, chosen.count < fleet.regions.count else { return }
        throw Problem(
            .conflict, at: .file(options.file), "a fleet with a domain is rehearsed whole",
            detail: "Its regions share the proof of one certificate.", hint: "leave --region out"
        )
    }
}
