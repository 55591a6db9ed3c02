import AWSOperations
import FleetModel
import TerminalView

/// One rehearsal: its place made, its acts played in their order, and everything taken away again.
struct RehearsalRun: Sendable {
    let verb: Rehearse
    let fleet: Fleet
    let regions: [Region]
    /// Of every MCP request.
    let headers: [WebRequest.Header]
    let effects: Effects
    let interruption: Interruption
    let log: RehearsalLog

    init(
        _ verb: Rehearse,
        _ fleet: Fleet,
        _ regions: [Region],
        _ headers: [WebRequest.Header],
        _ effects: Effects,
        _ interruption: Interruption
    ) {
        self.verb = verb
        self.fleet = fleet
        self.regions = regions
        self.headers = headers
        self.effects = effects
        self.interruption = interruption
        log = RehearsalLog(elapsed: effects.elapsed)
    }

    func run() async throws -> RehearsalAnswer {
        _ = try TerraformFleet.program(effects)
        let name = "rehearsal-\(effects.machine.randomKey().reveal().prefix(8))"
        let folder = effects.absolute(".slipway/\(name)")
        try effects.files.makeFolder(folder)
        let engine = await engine()
        let scene: RehearsalScene
        do {
            scene = try await play(name, folder, engine)
        } catch {
            try effects.files.remove(folder)
            throw error
        }
        // What failed can be looked into.
        if log.hasFailed {
            effects.console.err("Its files were kept: \(folder)\n")
        } else {
            try effects.files.remove(folder)
        }
        return RehearsalAnswer(
            fleet: fleet.projectName, regions: regions.map(\.name), withoutContainers: scene.absence, lasted: log.now,
            acts: log.acts, notShown: EmulatorLimits.all(isReal: scene.isReal)
        )
    }

    private func engine() async -> Result<RehearsalEngine, RehearsalEngine.Absence> {
        guard !verb.withoutContainers else {
            return .failure(.init(words: "they were left out with --without-containers"))
        }
        let found = await RehearsalEngine.find(effects)
        if case .failure(let absence) = found {
            effects.console.err(
                """
                Tasks won't run as containers: \(absence.words).
                What Terraform and slipway do is rehearsed all the same; the image, MCP clients and failing tasks are not.
                For the rest, install Docker (https://docs.docker.com/engine/install) or Podman (apt-get install podman).

                """)
        }
        return found
    }

    /// Plays every act, in an emulator of its own or in the one that was named.
    private func play(
        _ name: String,
        _ folder: String,
        _ engine: Result<RehearsalEngine, RehearsalEngine.Absence>
    ) async throws -> RehearsalScene {
        let file = "\(folder)/\(FleetFile.name)"
        try effects.files.write(file, try effects.fleetText(in: verb.options.file))
        let place: @Sendable (String) -> RehearsalPlace = { [effects] endpoint in
            RehearsalPlace(
                folder: folder, file: file, endpoint: endpoint, providers: effects.absolute(".slipway/providers"))
        }
        if let endpoint = verb.endpoint {
            let plain = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
            let scene = RehearsalScene(run: name, place: place(plain), engine: engine, emulator: nil)
            await acts(scene)
            return scene
        }
        let emulator = try EmulatedAWS(folder: "\(folder)/emulator", effects)
        try effects.files.makeFolder("\(folder)/emulator")
        let scene = RehearsalScene(run: name, place: place(emulator.endpoint), engine: engine, emulator: emulator)
        if try await interruption.leaving({ () throws(Problem) in try await emulator.install() }) == nil {
            throw Problem(.interrupted, "the emulator was not installed", hint: "slipway rehearse begins anew")
        }
        try await emulator.hold(name, scene.engine) { await acts(scene) }
        await lookForContainers(scene)
        return scene
    }

    private func acts(_ scene: RehearsalScene) async {
        for stage in RehearsalStage.allCases {
            var record = log.record(of: stage)
            if interruption.count > 0 {
                guard log.acts.last?.state != .interrupted else { return }
                record.state = .interrupted
            } else if let why = stage.omission(of: fleet, isReal: scene.isReal) {
                record.state = .omitted
                record.facts = [why]
            } else if log.hasFailed, !stage.isAlways {
                record.state = .omitted
                record.facts = ["an act before it failed"]
            } else {
                effects.console.err("\(stage.title) ...\n")
                record = await perform(stage, scene, record)
            }
            log.add(record)
        }
    }

    private func perform(
        _ stage: RehearsalStage,
        _ scene: RehearsalScene,
        _ record: RehearsalRecord
    ) async -> RehearsalRecord {
        let notes = RehearsalNotes(record)
        var problems: [Problem] = []
        do {
            try await endingSoon { try await RehearsalActs(self, scene, notes).play(stage) }
        } catch let problem as Problem {
            problems = [problem]
        } catch let several as Problems {
            problems = several.all
        } catch {
            problems = [Problem(.interrupted, "\(stage.rawValue) was not played to its end")]
        }
        var record = notes.all
        guard !problems.isEmpty else { return record }
        // What an operator stopped has not failed.
        let isStopped = interruption.count > 0
        record.state = isStopped ? .interrupted : .failed
        record.problems = isStopped ? [] : problems
        return record
    }

    /// Gives an act ten seconds to end in order once the operator wants to stop.
    private func endingSoon(_ act: @escaping @Sendable () async throws -> Void) async throws {
        let pause = effects.aws().pause
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                try await act()
                return true
            }
            tasks.addTask { [interruption] in
                for await _ in interruption.counts() { break }
                try await pause(.seconds(10))
                throw CancellationError()
            }
            defer { tasks.cancelAll() }
            _ = try await tasks.next()
        }
    }

    /// The emulator takes its containers with it; whether it has, the engine knows.
    private func lookForContainers(_ scene: RehearsalScene) async {
        guard let engine = scene.engine else { return }
        do throws(Problem) {
            let left = try await engine.left(of: scene.run)
            guard !left.isEmpty else { return }
            log.fail(
                .leftovers,
                Problem(
                    .failed, "\(left.count) things are left in \(engine.name)", detail: left.joined(separator: "\n"),
                    hint: "remove them: \(engine.name) rm --force, \(engine.name) network rm"))
        } catch {
            log.fail(.leftovers, error)
        }
    }
}

/// What the acts of a rehearsal play with.
struct RehearsalScene: Sendable {
    /// Its name, which labels every container.
    let run: String
    let place: RehearsalPlace
    /// Where tasks run as containers.
    let engine: RehearsalEngine?
    /// Why there is none.
    let absence: String?
    /// nil where somebody else's is used.
    let emulator: EmulatedAWS?

    var isReal: Bool { engine != nil }

    init(
        run: String,
        place: RehearsalPlace,
        engine: Result<RehearsalEngine, RehearsalEngine.Absence>,
        emulator: EmulatedAWS?
    ) {
        self.run = run
        self.place = place
        self.emulator = emulator
        switch engine {
        case .success(let found): (self.engine, absence) = (found, nil)
        case .failure(let why): (self.engine, absence) = (nil, why.words)
        }
    }
}
