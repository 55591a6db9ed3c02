/// The MCP server's command line, ready to be started.
package struct ChildCommand: Sendable, Equatable {
    /// Absolute path of the program.
    package let path: String
    /// All words, the program's name first.
    package let words: [String]
    package let environment: [String: String]
    /// Working directory; `nil` for the gateway's own.
    package let directory: String?

    package init(path: String, words: [String], environment: [String: String], directory: String? = nil) {
        self.path = path
        self.words = words
        self.environment = environment
        self.directory = directory
    }

    /// Finds the program as a shell would: by itself where its name holds a slash, else along `PATH`.
    ///
    /// - Parameter isExecutable: says whether a path names a program that may be run.
    package static func find(
        _ words: [String],
        environment: [String: String],
        isExecutable: (String) -> Bool
    ) -> ChildCommand? {
        guard let name = words.first, !name.isEmpty else { return nil }
        let candidates =
            name.contains("/")
            ? [name]
            : (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
        return candidates.first(where: isExecutable).map {
            ChildCommand(path: $0, words: words, environment: environment)
        }
    }

    /// What a child sees of the gateway's environment: everything but the gateway's own settings, its key among
    /// them, and the name of the replica that it runs on; a server that speaks HTTP also sees the port it is called on.
    package static func environment(from own: [String: String], replica: String, port: Int? = nil) -> [String: String] {
        var environment = own.filter { !$0.key.hasPrefix("SLIPWAY_") }
        environment["SLIPWAY_REPLICA"] = replica
        if let port { environment["PORT"] = String(port) }
        return environment
    }
}
