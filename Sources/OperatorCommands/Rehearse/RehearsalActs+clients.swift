import AWSOperations
import FleetModel
import HTTPTransport

/// What clients meet.
extension RehearsalActs {
    /// The handshakes of both eras, through each region's balancer.
    func shakeHands() async throws {
        var problems: [Problem] = []
        for (region, location) in try await doors() {
            let subject = ProbeSubject(
                via: region.name, region: region.name, location: location,
                healthPath: region.loadBalancer.healthCheckPath, mustHaveHealth: true,
                hint: "slipway up --containers runs the same image on this machine"
            )
            let report = await EndpointProbe(
                subject: subject, headers: run.headers, web: stage.web, elapsed: effects.elapsed, now: 0
            ).run()
            notes.add(
                fact: "\(region.name): health \(report.health.words); sessions \(report.sessions.words); "
                    + "without sessions \(report.modern.words)")
            problems += report.problems(subject)
        }
        if !problems.isEmpty { throw Problems(problems) }
    }

    /// Does some work while clients of both eras, and the operator's own, call every region. Without containers there
    /// is nobody to call. Returns what the clients met, which is noted too.
    func underLoad(
        in stage: RehearsalStage,
        _ work: @escaping @Sendable (RehearsalActs) async throws -> Void
    ) async throws -> [TrafficTally] {
        guard scene.isReal else {
            try await work(self)
            return []
        }
        let doors = try await doors()
        let pause = effects.aws().pause
        let tallies = try await Traffic(lanes: try await lanes(doors)).during { [self] in
            try await beside(doors[...], in: stage) {
                // Before and after, so that calls are in hand when it begins and sessions are seen to go on.
                try await pause(.seconds(2))
                try await work(self)
                try await pause(.seconds(2))
            }
        }
        notes.add(traffic: tallies)
        return tallies
    }

    /// Some clients of each era that the server behind a door serves.
    private func lanes(_ doors: [(region: Region, location: HTTPLocation)]) async throws -> [Traffic.Lane] {
        var lanes: [Traffic.Lane] = []
        for (region, location) in doors {
            for isModern in [false, true] {
                let caller = TrafficCaller(
                    location: location, isModern: isModern, headers: run.headers, web: stage.web,
                    elapsed: effects.elapsed, pause: effects.aws().pause
                )
                if await caller.isServed() {
                    lanes.append(Traffic.Lane(region: region.name, caller: caller, clients: 4))
                }
            }
        }
        return lanes
    }

    /// Runs the operator's own client for each door while some work is done.
    private func beside(
        _ doors: ArraySlice<(region: Region, location: HTTPLocation)>,
        in stage: RehearsalStage,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let words = run.verb.client
        guard let door = doors.first, let name = words.first else { return try await work() }
        guard let path = effects.shell.path(name) else {
            throw Problem(
                .notFound, "there is no \(name) on PATH", hint: "name a client that this shell finds, after --")
        }
        let log = "\(scene.place.folder)/client-\(door.region.name)-\(stage.rawValue).log"
        let program = CompanionProgram(
            words: [path] + words.dropFirst() + [door.location.description],
            environment: effects.environment().merging(["SLIPWAY_REHEARSAL_ACT": stage.rawValue]) { $1 },
            folder: effects.currentDirectory(), log: log, grace: .seconds(30)
        )
        let rest = doors.dropFirst()
        let code = try await effects.companions.hold(program) {
            try await waitForFirstWord(in: log)
            try await beside(rest, in: stage, work)
        }
        let said = try effects.files.read(log) ?? ""
        let last = said.split(separator: "\n").last.map(String.init) ?? "it said nothing"
        notes.add(transcript: "$ \(words.joined(separator: " ")) \(door.location)\n\(said)")
        guard code == 0 else {
            throw Problem(
                .failed, at: .region(door.region.name), "\(name) ended with exit code \(code)", detail: last,
                hint: "what it said is in the report")
        }
        notes.add(fact: "\(door.region.name), \(name): \(last)")
    }

    /// A client that has said something calls by then; one that says nothing has had its time.
    private func waitForFirstWord(in log: String) async throws {
        let start = effects.elapsed()
        while try (effects.files.read(log) ?? "").isEmpty, effects.elapsed() - start < Self.patienceForClients {
            try await effects.aws().pause(.milliseconds(200))
        }
    }

    private static let patienceForClients = Duration.seconds(30)
}

extension Duration {
    /// A number of seconds, with their fraction.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
