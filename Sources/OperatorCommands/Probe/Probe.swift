import AWSOperations
import ArgumentParser
import FleetModel
import HTTPTransport
import TerminalView

/// `slipway probe`: what a client meets, from outside.
struct Probe: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at the fleet from outside, as a client would.",
        discussion: """
            Gets the health page and makes the handshake of both eras of MCP (initialize, and server/discover of \
            2026-07-28), through the domain and through each region's load balancer by itself. Shows how long each \
            took, with a connection of its own, and how long the certificate is still good. Exit code 1 when anything \
            is wrong, so it can run by cron; a region that sleeps by its schedule is not wrong.

              slipway probe
              slipway probe --header-file headers.txt
              slipway probe --url http://127.0.0.1:8080/mcp     # any MCP endpoint, no fleet file, no AWS
            """
    )

    @Option(help: ArgumentHelp("The address of an MCP endpoint to look at, in place of a fleet.", valueName: "url"))
    var url: String?

    @Option(help: ArgumentHelp("The fleet file.", valueName: "path"), completion: .file(extensions: ["yaml", "yml"]))
    var file = FleetFile.name

    @OptionGroup var regions: RegionOptions

    @OptionGroup var headers: ProbeHeaders

    @OptionGroup var answer: AnswerOptions

    var format: OutputFormat { answer.format }

    func validate() throws {
        if let url, HTTPLocation(url) == nil {
            throw ValidationError("--url is an http or https address, such as https://mcp.example.com/mcp.")
        }
        if url != nil, !regions.names.isEmpty { throw ValidationError("--url is one endpoint: leave --region out.") }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let now = effects.aws().now()
        let plan: ProbePlan
        if let location = url.flatMap(HTTPLocation.init) {
            plan = ProbePlan(endpoint: location)
        } else {
            let fleet = try effects.fleet(in: file)
            let chosen = try regions.chosen(from: fleet, in: file)
            let outcomes = try await effects.inEach(of: chosen) { client, region throws(Problem) in
                try await RegionReader(client, fleet, region, now: now).status()
            }
            plan = ProbePlan(fleet, chosen, outcomes, now: now)
        }
        let sent = try headers.read(effects)
        if !sent.isEmpty, let plain = plan.subjects.first(where: { !$0.location.isSafe }) {
            throw Problem(
                .refused, "the headers were not sent to \(plain.location)",
                detail: "Without TLS everybody on the way could read them. Nothing was asked.",
                hint:
                    "enable a domain, or probe without \(headers.headerFile == nil ? "--authorization" : "--header-file")"
            )
        }
        let reports = await report(on: plan.subjects, sent, effects, now: now)
        let seen = zip(plan.subjects, reports).flatMap { $1.problems($0) }
        let problems = plan.problems + seen
        return effects.tell(ProbeAnswer(probes: reports + plan.asleep, problems: problems), as: format)
    }

    /// All of them at once, in the subjects' order.
    private func report(
        on subjects: [ProbeSubject],
        _ headers: [WebRequest.Header],
        _ effects: Effects,
        now: Int
    ) async -> [ProbeReport] {
        await withTaskGroup(of: (Int, ProbeReport).self) { group in
            for (index, subject) in subjects.enumerated() {
                let probe = EndpointProbe(
                    subject: subject, headers: headers, web: effects.web, elapsed: effects.elapsed, now: now)
                group.addTask { (index, await probe.run()) }
            }
            var reports: [(Int, ProbeReport)] = []
            for await report in group { reports.append(report) }
            return reports.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
