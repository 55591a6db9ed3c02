import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway secret set`: a new value for one key, in every region.
struct SecretSet: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Put a secret's value into every region.",
        usage: """
            slipway secret set <key> [options]
            slipway secret set --fleet-key [options]
            """,
        discussion: """
            The other keys of the secret keep their values. Running tasks go on with the old value until they are \
            started anew, which --restart does. --fleet-key makes a new key for the gateways' session ids, the same in \
            all regions. Up to three earlier keys stay good, so sessions outlive the change. While tasks are replaced, \
            though, old ones don't know the new key: a session that meets both kinds may have to begin again. \
            docs/operations.md says how to spare even those.

              slipway secret set API_KEY                        # asks for it
              slipway secret set API_KEY --from-file key.txt
              pass show my-mcp | slipway secret set API_KEY --restart
              slipway secret set --fleet-key --restart
            """
    )

    @Argument(help: "The key, one of secret_keys in the fleet file.")
    var key: String?

    @Flag(help: "Make a new key for the gateways instead.")
    var fleetKey = false

    @Option(help: ArgumentHelp("A file that holds the value.", valueName: "path"), completion: .file())
    var fromFile: String?

    @Flag(help: "Start the tasks anew, so that they read the new value.")
    var restart = false

    @Flag(help: "With --restart, wait until the new tasks are up.")
    var wait = false

    @Flag(help: "Say what would be set, and set nothing.")
    var dryRun = false

    @OptionGroup var options: FleetOptions

    var format: OutputFormat { options.answer.format }

    func validate() throws {
        if (key == nil) != fleetKey { throw ValidationError("Name a key, or say --fleet-key: one of the two.") }
        if wait, !restart { throw ValidationError("--wait waits for the new tasks of --restart: say both.") }
        if fleetKey, fromFile != nil { throw ValidationError("--fleet-key makes a value of its own.") }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try options.chosen(effects)
        if let key { try refuseStranger(key, fleet) } else { try refusePart(chosen, of: fleet) }
        let value = dryRun ? Secret("") : try value(effects)
        let token = effects.machine.randomKey().reveal()
        let outcomes = try await effects.inEach(of: chosen) { [self] client, region throws(Problem) in
            let row = try await set(value, in: SecretShelf(client, fleet, region), region, token)
            if restart, !dryRun { try await restartTasks(client, fleet, region, effects) }
            return row
        }
        let answer = SecretAnswer(rows: outcomes.compactMap(\.value), problems: outcomes.compactMap(\.problem))
        return effects.tell(answer, as: format)
    }

    private func refuseStranger(_ key: String, _ fleet: Fleet) throws(Problem) {
        let keys = fleet.server.secretKeys
        guard !keys.contains(key) else { return }
        let nearest = Spelling.nearest(to: key, among: keys).map { "did you mean \($0)?" }
        throw Problem(
            .notFound, at: .file(options.file), "secret_keys has no \(key)",
            detail: "A task is given the keys that are named there and no others.",
            hint: nearest ?? "add it to secret_keys under server, and apply"
        )
    }

    private func refusePart(_ chosen: [Region], of fleet: Fleet) throws(Problem) {
        let others = fleet.regions.map(\.name).filter { name in !chosen.contains { $0.name == name } }
        guard !others.isEmpty else { return }
        throw Problem(
            .conflict,
            "--fleet-key is for all regions at once, and --region leaves out \(others.joined(separator: ", "))",
            detail: "Regions with different keys don't know each other's sessions. Nothing was set.",
            hint: "leave --region out"
        )
    }

    private func value(_ effects: Effects) throws(Problem) -> Secret {
        guard let key else { return effects.machine.randomKey() }
        let text: String
        if let fromFile {
            guard let held = try effects.files.read(effects.absolute(fromFile)) else {
                throw Problem(.fileMissing, at: .file(fromFile), "there is no such file", hint: "name another one")
            }
            text = held
        } else {
            text = try effects.readSecret("\(key): ").reveal()
        }
        let value = text.last?.isNewline == true ? String(text.dropLast()) : text
        guard !value.isEmpty, value.utf8.count <= 32768 else {
            throw Problem(
                .invalidValue, "the value of \(key) is \(value.isEmpty ? "empty" : "longer than 32768 bytes")",
                detail: "Nothing was set.", hint: "give it at the prompt, by standard input or with --from-file"
            )
        }
        return Secret(value)
    }

    private func set(
        _ value: Secret,
        in shelf: SecretShelf,
        _ region: Region,
        _ token: String
    ) async throws(Problem) -> SecretAnswer.Row {
        let secret = try await shelf.find(fleetKey ? .fleetKey : .server)
        let held = try await shelf.value(of: secret)
        let name = key ?? SecretAnswer.fleetKey
        let new = key == nil ? try led(by: value, held, region) : try merged(value, with: held, region)
        guard !dryRun else { return SecretAnswer.Row(region: region.name, key: name, state: .wouldBeSet) }
        try await shelf.put(new, into: secret, token: token)
        return SecretAnswer.Row(region: region.name, key: name, state: .set)
    }

    private func restartTasks(
        _ client: AWSClient,
        _ fleet: Fleet,
        _ region: Region,
        _ effects: Effects
    ) async throws(Problem) {
        let rollout = ServiceRollout(client, fleet, region)
        let deployment: String?
        do {
            deployment = try await rollout.restart()
        } catch {
            var problem = error
            problem.summary =
                "the \(key ?? SecretAnswer.fleetKey) is set, but no tasks were started anew: "
                + error.summary
            problem.detail = [error.detail, "Don't set it again: only the restart is left to do."]
                .compactMap { $0 }.joined(separator: "\n")
            problem.hint = rollout.commandToRestart
            throw problem
        }
        guard wait else { return }
        let name = "the restart, after the \(key ?? SecretAnswer.fleetKey) was set,"
        _ = try await effects.wait(
            for: .deployment(id: deployment), called: name, by: DeploymentWatch(client, fleet, region), in: region)
    }

    private func led(by new: Secret, _ held: HeldSecret, _ region: Region) throws(Problem) -> Secret {
        guard let keyring = FleetKeyring(held) else {
            throw Problem(
                .conflict, at: .region(region.name), "the secret of the fleet key holds bytes, not text",
                detail: "It was left as it is.",
                hint: "put a key in by hand: openssl rand -hex 32 | "
                    + "aws secretsmanager put-secret-value --secret-string file:///dev/stdin"
            )
        }
        return keyring.led(by: new)
    }

    private func merged(_ value: Secret, with held: HeldSecret, _ region: Region) throws(Problem) -> Secret {
        guard var secrets = ServerSecrets(held) else {
            throw Problem(
                .conflict, at: .region(region.name), "the secret holds something that is not a JSON object of texts",
                detail: "It was left as it is.",
                hint: "put an object in by hand: aws secretsmanager put-secret-value --secret-string file:///dev/stdin"
            )
        }
        secrets.set(key ?? "", value)
        return secrets.json
    }
}
