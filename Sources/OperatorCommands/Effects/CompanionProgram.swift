import FleetModel

/// A program that runs beside this one: an emulator, or a client that calls the fleet meanwhile.
package struct CompanionProgram: Equatable, Sendable {
    /// Its absolute path, then its words. Never a secret among them.
    package let words: [String]
    /// All of its environment.
    package let environment: [String: String]
    /// Where it runs.
    package let folder: String
    /// The file that takes what it writes, stdout and stderr.
    package let log: String
    /// How long it may take to end once it is asked to; then it is killed, with all of its process group.
    package let grace: Duration

    package init(
        words: [String],
        environment: [String: String],
        folder: String,
        log: String,
        grace: Duration = .seconds(10)
    ) {
        self.words = words
        self.environment = environment
        self.folder = folder
        self.log = log
        self.grace = grace
    }
}
