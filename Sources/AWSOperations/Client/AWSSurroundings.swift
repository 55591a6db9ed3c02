/// What the AWS client needs of the world, as one value.
package struct AWSSurroundings: Sendable {
    package var web: WebClient
    package var variables: [String: String]
    /// The text of a file, or nil when there is none or it can't be read.
    package var readFile: @Sendable (_ path: String) -> String?
    package var runProgram: @Sendable (_ words: [String]) async -> ProgramAnswer
    /// Seconds since 1970, by this machine's clock.
    package var now: @Sendable () -> Int
    package var pause: @Sendable (Duration) async throws -> Void
    /// A random share of a duration.
    package var jitter: @Sendable (Duration) -> Duration

    package init(
        web: WebClient,
        variables: [String: String],
        readFile: @escaping @Sendable (_ path: String) -> String?,
        runProgram: @escaping @Sendable (_ words: [String]) async -> ProgramAnswer,
        now: @escaping @Sendable () -> Int,
        pause: @escaping @Sendable (Duration) async throws -> Void,
        jitter: @escaping @Sendable (Duration) -> Duration
    ) {
        self.web = web
        self.variables = variables
        self.readFile = readFile
        self.runProgram = runProgram
        self.now = now
        self.pause = pause
        self.jitter = jitter
    }
}

/// How a program that was run for credentials ended.
package enum ProgramAnswer: Sendable, Equatable {
    /// Its output, which may hold a secret.
    case answered(String)
    /// The last of what it complained, for the operator.
    case failed(String)
    /// There is no such program on PATH.
    case missing
    /// It had not ended after so many seconds, and was stopped.
    case overdue(seconds: Int)
}
