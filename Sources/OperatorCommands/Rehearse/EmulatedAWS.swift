import AWSOperations
import FleetModel
import Synchronization
import TerminalView
import TerraformDriver

/// An emulated AWS on this machine: ministack in an environment of its own, with what it lacks added.
final class EmulatedAWS: Sendable {
    /// The root of its environments, such as `~/.cache/slipway`.
    private let cache: String
    /// Its own folder, for its program and its log.
    private let folder: String
    private let port: Int
    private let effects: Effects
    /// What stood before a fleet was made.
    private let before = Mutex<Set<String>>([])

    private static let files = EmulatorFiles.textByName
    private static let requirements = "requirements.txt"
    private static let start = "ministack_start.py"
    /// Seconds, on a machine that has other things to do.
    private static let patience = 120

    init(folder: String, _ effects: Effects) throws(Problem) {
        let variables = effects.environment()
        let home =
            variables["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? variables["HOME"].map { "\($0)/.cache" }
        guard let home else {
            throw Problem(
                .unavailable, "there is no folder for the emulator's environment",
                detail: "Neither XDG_CACHE_HOME nor HOME is set.",
                hint: "set one of them, or name an emulator: --endpoint")
        }
        cache = "\(home)/slipway"
        self.folder = folder
        self.effects = effects
        port = try effects.machine.freePorts(1)[0]
    }

    var endpoint: String { "http://127.0.0.1:\(port)" }
    private var log: String { "\(folder)/emulator.log" }

    /// What it is made of, as pip reads it.
    private var wanted: String { Self.files[Self.requirements] ?? "" }

    /// Named for what is in it, so that another version makes another one.
    private var venv: String {
        let name = wanted.split(whereSeparator: \.isWhitespace).joined(separator: "-").replacing("==", with: "-")
        return "\(cache)/\(name)"
    }

    /// Writes its program out and, the first time, installs it from PyPI.
    func install() async throws(Problem) {
        for (name, text) in Self.files { try effects.files.write("\(folder)/\(name)", text) }
        let stamp = "\(venv)/installed"
        guard try effects.files.read(stamp) != wanted else { return }
        effects.console.err("Installing the emulator into \(venv), once.\n")
        guard let python = effects.shell.path("python3") else {
            throw Problem(
                .notFound, "there is no python3 on PATH, and the emulated AWS runs on it",
                hint: "install Python 3.10 or newer with venv, or name an emulator that runs: --endpoint <url>")
        }
        try effects.files.makeFolder(cache)
        try await run([python, "-m", "venv", "--clear", venv], "python3 made no environment")
        try await run(
            [
                "\(venv)/bin/pip", "install", "--quiet", "--disable-pip-version-check", "-r",
                "\(folder)/\(Self.requirements)",
            ],
            "pip did not install the emulator")
        try effects.files.write(stamp, wanted)
    }

    private func run(_ words: [String], _ refusal: String) async throws(Problem) {
        let program = CompanionProgram(words: words, environment: effects.environment(), folder: folder, log: log)
        guard try await effects.companions.run(program) == 0 else {
            throw Problem(
                .unavailable, refusal, detail: try lastWords(),
                hint: "pip must reach PyPI, or a mirror named in PIP_INDEX_URL; Debian has venv in python3-venv")
        }
    }

    /// Runs it while some work is done, which begins once it answers.
    ///
    /// - Parameter engine: where tasks run as containers; without, they are entries in a table.
    func hold(
        _ run: String,
        _ engine: RehearsalEngine?,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let variables = effects.environment()
        var environment = [
            "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": "\(port)", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0",
            "PERSIST_STATE": "0", "LOG_LEVEL": "WARNING", "SFN_WAIT_SCALE": "0.002", "SLIPWAY_CLOCK": "stopped",
            "TMPDIR": folder,
            "PYTHONDONTWRITEBYTECODE": "1", "HOME": variables["HOME"] ?? folder, "PATH": variables["PATH"] ?? "",
        ]
        if let engine {
            environment["DOCKER_HOST"] = engine.socket
            environment["SLIPWAY_REHEARSAL"] = run
        }
        let program = CompanionProgram(
            words: ["\(venv)/bin/python", "-u", "\(folder)/\(Self.start)"], environment: environment, folder: folder,
            log: log, grace: .seconds(30)
        )
        _ = try await effects.companions.hold(program, work)
    }

    /// Waits for its first answer.
    func begin() async throws(Problem) {
        let start = effects.elapsed()
        while await inventory() == nil {
            guard effects.elapsed() - start < .seconds(Self.patience) else {
                throw Problem(
                    .unavailable, "the emulated AWS did not answer within \(Self.patience) seconds",
                    detail: try lastWords(), hint: "see its log: \(log)")
            }
            do {
                try await effects.aws().pause(.milliseconds(200))
            } catch {
                throw Problem(.interrupted, "the emulated AWS was not waited for")
            }
        }
    }

    /// Makes what a fleet finds in any account: the zone of its domain, and the bucket of its states.
    func lay(_ fleet: Fleet) async throws(Problem) {
        var ground = Ground()
        if fleet.domain.isEnabled { ground = Ground(zone: fleet.domain.name, zoneID: fleet.domain.hostedZoneID) }
        if case .bucket(let name, let region) = fleet.state { (ground.bucket, ground.bucketRegion) = (name, region) }
        let answer = await effects.web.send(
            WebRequest(
                method: "POST", url: "\(endpoint)/_harness/ground", body: Array(JSONLine.encode(ground).utf8),
                limit: 1 << 20, timeout: .seconds(20)))
        guard case .success(let response) = answer, response.status == 200 else {
            throw Problem(
                .unavailable, "the emulated AWS did not take the fleet's zone and bucket", hint: "see its log: \(log)")
        }
    }

    private struct Ground: Encodable {
        var zone: String?
        var zoneID: String?
        var bucket: String?
        var bucketRegion: String?
    }

    /// Remembers what stands; false where it does not answer.
    func remember() async -> Bool {
        guard let standing = await inventory() else { return false }
        before.withLock { $0 = standing }
        return true
    }

    /// What stands now and did not then; nil where it does not answer.
    func left() async -> [String]? {
        guard let standing = await inventory() else { return nil }
        return standing.subtracting(before.withLock { $0 }).sorted()
    }

    /// Everything that stands in it, a line for each thing; nil where it does not answer.
    private func inventory() async -> Set<String>? {
        let answer = await effects.web.send(
            WebRequest(url: "\(endpoint)/_harness/inventory", limit: 16 << 20, timeout: .seconds(20)))
        guard case .success(let response) = answer, response.status == 200 else { return nil }
        return [String](json: response.body).map(Set.init)
    }

    private func lastWords() throws(Problem) -> String {
        let lines = try effects.files.read(log)?.split(separator: "\n") ?? []
        return lines.suffix(5).joined(separator: "\n")
    }
}
