import AWSOperations
import FleetModel
import HTTPTransport

/// The acts of a rehearsal: an operator who types the verbs, and what is looked at besides.
struct RehearsalActs: Sendable {
    let run: RehearsalRun
    let scene: RehearsalScene
    let notes: RehearsalNotes

    var fleet: Fleet { run.fleet }
    var regions: [Region] { run.regions }
    var effects: Effects { run.effects }

    init(_ run: RehearsalRun, _ scene: RehearsalScene, _ notes: RehearsalNotes) {
        self.run = run
        self.scene = scene
        self.notes = notes
    }

    func play(_ stage: RehearsalStage) async throws {
        switch stage {
        case .emulator: try await prepareGround()
        case .doctor:
            try await rows(of: ["doctor", "--offline"]) { $0.hasPrefix("  problem") || $0.hasPrefix("  warning") }
        // No task can start before secrets have values.
        case .apply: try await rows(of: ["apply", "--yes"] + (fleet.server.secretKeys.isEmpty ? [] : ["--no-wait"]))
        case .secrets: try await putSecretsIn()
        case .status: try await rows(of: ["status"])
        case .probe: try await shakeHands()
        case .scale: try await scaleThereAndBack()
        case .deploy: try await deployUnderLoad()
        case .kill: try await killUnderLoad()
        case .drift: try await changeByHand()
        case .down: try await rows(of: ["schedule", "down"])
        case .up: try await rows(of: ["schedule", "up"])
        case .destroy: try await rows(of: ["destroy", "--confirm", fleet.projectName])
        case .leftovers: try await lookForLeftovers()
        }
    }

    /// Types a verb, and notes the rows of its answer that are wanted as what was seen.
    func rows(
        of words: [String],
        in names: [String]? = nil,
        ending code: Int32 = 0,
        where isWanted: (String) -> Bool = { _ in true }
    ) async throws(Problem) {
        let answer = try await type(words, in: names, ending: code)
        for row in Self.rows(answer) where isWanted(row) { notes.add(fact: Self.sentence(row)) }
    }

    /// The lines of an answer without the headings of its table.
    static func rows(_ answer: String) -> [String] {
        let lines = answer.split(separator: "\n").map(String.init)
        let heading = lines.first?.prefix { $0 != " " } ?? ""
        let isTable = !heading.isEmpty && heading.allSatisfy(\.isUppercase)
        return Array(lines.dropFirst(isTable ? 1 : 0))
    }

    /// A row with a comma between its cells.
    static func sentence(_ row: String) -> String {
        row.split(separator: "  ").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// Types a verb about the rehearsed regions, or about some of them; returns what it answered.
    ///
    /// - Parameter secret: what it reads where it asks for one; without, something that was made up.
    @discardableResult
    func type(
        _ words: [String],
        in names: [String]? = nil,
        ending code: Int32 = 0,
        reading secret: Secret? = nil
    ) async throws(Problem) -> String {
        let chosen = names ?? (regions.count < fleet.regions.count ? regions.map(\.name) : [])
        let line = words + chosen.flatMap { ["--region", $0] }
        let transcript = Transcript()
        var stage = effects.rehearsing(in: scene.place, run.interruption, transcript)
        if let secret { stage.readSecret = { _ in secret } }
        let ended = await Root.run(arguments: line + ["--file", scene.place.file], effects: stage)
        notes.add(transcript: "$ slipway \(line.joined(separator: " "))\n\(transcript.all)")
        guard ended != code else { return transcript.out }
        throw Problem(
            .failed, "slipway \(line.joined(separator: " ")) ended with exit code \(ended), not \(code)",
            detail: transcript.all.split(separator: "\n").suffix(6).joined(separator: "\n"),
            hint: "its whole transcript is in the report"
        )
    }

    /// The world as the verbs see it, for what is asked besides.
    var stage: Effects { effects.rehearsing(in: scene.place, run.interruption, Transcript()) }

    /// How every region is.
    func statuses() async throws -> [RegionStatus] {
        let stage = stage
        let now = stage.aws().now()
        let outcomes = try await stage.inEach(of: regions) { [fleet] client, region throws(Problem) in
            try await RegionReader(client, fleet, region, now: now).status()
        }
        if let problem = outcomes.lazy.compactMap(\.problem).first { throw problem }
        return outcomes.compactMap(\.value)
    }

    /// Where each region is called: by its balancer's own address on this machine.
    func doors() async throws -> [(region: Region, location: HTTPLocation)] {
        let statuses = try await statuses()
        return try regions.filter(\.loadBalancer.isCreated).map { region throws(Problem) in
            let balancer = statuses.first { $0.region == region.name }?.balancer
            let path = region.task.environment["SLIPWAY_PATH"] ?? "/mcp"
            if let balancer, let location = HTTPLocation("http://\(balancer)\(path)"), location.isLoopback {
                return (region, location)
            }
            throw Problem(
                .unavailable, at: .region(region.name),
                "its balancer can't be reached from here: \(balancer ?? "there is none")",
                hint: "leave --endpoint out, or rehearse with --without-containers"
            )
        }
    }
}
