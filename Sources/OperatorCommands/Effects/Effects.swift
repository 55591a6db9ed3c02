import AWSOperations
import FleetModel

/// Every side effect a command may have, as one value that is handed to it.
///
/// A command that is given its effects can be run by a test; a test's own value refuses whatever it did not supply.
package struct Effects: Sendable {
    package var console: Console
    package var files: Files
    /// The variables of the environment, all of them.
    package var environment: @Sendable () -> [String: String]
    /// An absolute path without a slash at its end.
    package var currentDirectory: @Sendable () -> String
    package var machine: LocalMachine
    package var shell: OperatorShell
    package var web: WebClient
    /// Today in UTC, as `2026-10-01`.
    package var today: @Sendable () -> String
    /// Time that went by since some moment; it never goes back.
    package var elapsed: @Sendable () -> Duration
    /// A secret from standard input; the prompt is shown where a person types it.
    package var readSecret: @Sendable (_ prompt: String) throws(Problem) -> Secret
    /// One line of standard input, or nil where it has ended; the prompt is shown on stderr.
    package var readLine: @Sendable (_ prompt: String) -> String?
    /// Calls back for every SIGINT, SIGTERM and SIGHUP, none of which ends anything by itself then, until cancelled.
    package var listen: @Sendable (_ heard: @escaping @Sendable () -> Void) async -> Void
    package var terraform: TerraformProgram
    package var companions: Companions
    /// What calls to AWS need of the world.
    package var aws: @Sendable () -> AWSSurroundings

    package init(
        console: Console,
        files: Files,
        environment: @escaping @Sendable () -> [String: String],
        currentDirectory: @escaping @Sendable () -> String,
        machine: LocalMachine,
        shell: OperatorShell,
        web: WebClient,
        today: @escaping @Sendable () -> String,
        elapsed: @escaping @Sendable () -> Duration,
        readSecret: @escaping @Sendable (_ prompt: String) throws(Problem) -> Secret,
        readLine: @escaping @Sendable (_ prompt: String) -> String?,
        listen: @escaping @Sendable (_ heard: @escaping @Sendable () -> Void) async -> Void,
        terraform: TerraformProgram,
        companions: Companions,
        aws: @escaping @Sendable () -> AWSSurroundings
    ) {
        self.console = console
        self.files = files
        self.environment = environment
        self.currentDirectory = currentDirectory
        self.machine = machine
        self.shell = shell
        self.web = web
        self.today = today
        self.elapsed = elapsed
        self.readSecret = readSecret
        self.readLine = readLine
        self.listen = listen
        self.terraform = terraform
        self.companions = companions
        self.aws = aws
    }

    /// The path an operator wrote, made absolute.
    package func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(currentDirectory())/\(path)"
    }
}
