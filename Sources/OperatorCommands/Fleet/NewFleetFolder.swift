import FleetModel

/// The current folder, about to become a fleet's.
struct NewFleetFolder {
    let effects: Effects
    /// Nothing is written then.
    let isDryRun: Bool

    /// Writes the files, none of them over one that is there; .gitignore first, so that the secrets are never in reach
    /// of `git add`.
    ///
    /// - Parameters:
    ///   - fleetFile: nil where there is a fleet already.
    ///   - recipe: for a Dockerfile, where one is wanted.
    func write(_ fleetFile: String?, _ recipe: ImageRecipe?) throws -> InitAnswer {
        var files: [NewFile] = []
        if let fleetFile {
            files.append(NewFile(name: SecretsFile.name, text: SecretsFile.template, access: .ownerOnly))
            files.append(NewFile(name: FleetFile.name, text: fleetFile, access: .usual))
        }
        if let recipe {
            files.append(NewFile(name: ImageRecipe.ignoreFile, text: recipe.ignore, access: .usual))
            files.append(NewFile(name: ImageRecipe.dockerfile, text: try recipe.text(), access: .usual))
        }
        try refuseExisting(files)
        let names = Array(files.map(\.name).reversed())
        guard !isDryRun else {
            let missing = fleetFile == nil ? nil : try gitIgnore().missing
            return InitAnswer(wrote: names, ignored: missing, next: next(fleetFile), isDryRun: true)
        }
        var done: [String] = []
        do {
            let ignored = fleetFile == nil ? nil : try ignoreSecrets()
            if ignored?.isEmpty == false { done.append(GitIgnore.name) }
            for file in files {
                try create(file)
                done.append(file.name)
            }
            return InitAnswer(wrote: names, ignored: ignored, next: next(fleetFile), isDryRun: false)
        } catch var problem {
            let state = done.isEmpty ? "Nothing was written." : "Written before that: \(done.joined(separator: ", "))."
            problem.detail = [problem.detail, state].compactMap { $0 }.joined(separator: "\n")
            throw problem
        }
    }

    private struct NewFile {
        let name: String
        let text: String
        let access: FileAccess
    }

    private func next(_ fleetFile: String?) -> String {
        fleetFile == nil ? "slipway up --containers" : "slipway check"
    }

    /// Throws a problem for each file of ours that is there already, before anything is written.
    private func refuseExisting(_ files: [NewFile]) throws {
        let existing = files.map(\.name).filter { effects.files.exists(effects.absolute($0)) }.sorted(by: >)
        guard existing.isEmpty else { throw Problems(existing.map(Self.existing)) }
    }

    /// The entries that were added.
    private func ignoreSecrets() throws(Problem) -> [String] {
        let file = try gitIgnore()
        if !file.missing.isEmpty { try effects.files.write(effects.absolute(GitIgnore.name), file.completed) }
        return file.missing
    }

    private func gitIgnore() throws(Problem) -> GitIgnore {
        GitIgnore(try effects.files.read(effects.absolute(GitIgnore.name)))
    }

    private func create(_ file: NewFile) throws(Problem) {
        do {
            try effects.files.create(effects.absolute(file.name), file.text, file.access)
        } catch {
            throw error.kind == .fileExists ? Self.existing(file.name) : error
        }
    }

    private static func existing(_ name: String) -> Problem {
        let hints = [
            FleetFile.name: "judge it with: slipway check, or begin another fleet in a folder of its own",
            SecretsFile.name: "keep your secrets: move it away, run slipway init, and move it back",
        ]
        return Problem(
            .fileExists,
            at: .file(name),
            "is there already, and was left as it is",
            detail: "slipway init writes new files only.",
            hint: hints[name] ?? "move it away, run slipway init, and bring both together"
        )
    }
}
