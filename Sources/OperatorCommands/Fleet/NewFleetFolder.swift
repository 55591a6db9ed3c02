import FleetModel

/// The current folder, about to become a fleet's.
struct NewFleetFolder {
    let effects: Effects

    /// Throws a problem for each file of ours that is there already, before anything is written.
    func refuseExisting() throws {
        let existing = [FleetFile.name, SecretsFile.name].filter { effects.files.exists(effects.absolute($0)) }
        guard existing.isEmpty else { throw Problems(existing.map(Self.existing)) }
    }

    /// Writes the three files; .gitignore first, so that the secrets are never in reach of `git add`.
    func write(_ fleetFile: String) throws -> InitAnswer {
        var done: [String] = []
        do {
            let ignored = try ignoreSecrets()
            if !ignored.isEmpty { done.append(GitIgnore.name) }
            try create(SecretsFile.name, SecretsFile.template, .ownerOnly)
            done.append(SecretsFile.name)
            try create(FleetFile.name, fleetFile, .usual)
            return InitAnswer(wrote: [FleetFile.name, SecretsFile.name], ignored: ignored)
        } catch var problem {
            let state = done.isEmpty ? "Nothing was written." : "Written before that: \(done.joined(separator: ", "))."
            problem.detail = [problem.detail, state].compactMap { $0 }.joined(separator: "\n")
            throw problem
        }
    }

    /// The entries that were added.
    private func ignoreSecrets() throws(Problem) -> [String] {
        let path = effects.absolute(GitIgnore.name)
        let file = GitIgnore(try effects.files.read(path))
        if !file.missing.isEmpty { try effects.files.write(path, file.completed) }
        return file.missing
    }

    private func create(_ name: String, _ text: String, _ access: FileAccess) throws(Problem) {
        do {
            try effects.files.create(effects.absolute(name), text, access)
        } catch {
            throw error.kind == .fileExists ? Self.existing(name) : error
        }
    }

    private static func existing(_ name: String) -> Problem {
        Problem(
            .fileExists,
            at: .file(name),
            "is there already, and was left as it is",
            detail: "slipway init writes new files only.",
            hint: name == FleetFile.name
                ? "judge it with: slipway check, or begin another fleet in a folder of its own"
                : "keep your secrets: move it away, run slipway init, and move it back"
        )
    }
}
