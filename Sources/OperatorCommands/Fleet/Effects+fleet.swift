import FleetModel

extension Effects {
    /// The fleet that a fleet file describes; every problem at once if it describes none.
    package func fleet(in file: String) throws -> Fleet {
        try FleetFile.parse(try fleetText(in: file), named: file)
    }

    /// The secrets of a local run, from the `slipway.env` beside the fleet file; none when there is no such file.
    package func secrets(besides file: String) throws -> [String: Secret] {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let name = file.contains("/") ? "\(folder)/\(SecretsFile.name)" : SecretsFile.name
        guard let text = try files.read(absolute(name)) else { return [:] }
        return try SecretsFile.parse(text, named: name)
    }

    func fleetText(in file: String) throws(Problem) -> String {
        if let text = try files.read(absolute(file)) { return text }
        throw Problem(
            .fileMissing,
            at: .file(file),
            "there is no such file",
            detail: "It was looked for in \(currentDirectory()).",
            hint: "write one with: slipway init, or name another with: --file <path>"
        )
    }
}
