import ArgumentParser
import FleetModel
import TerminalView

/// The whole program: arguments in, an exit code out.
package struct Root: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "slipway",
        abstract: "Launch MCP servers on AWS: one fleet file, any number of regions.",
        discussion: """
            A fleet file, slipway.yaml, says what runs and where. Begin in your server's folder:

              slipway init --region eu-west-1 -- python3 -m my_server
              slipway check

            Answers go to stdout, everything else to stderr. Exit codes: 0 done, 1 something failed, \
            2 changes are pending, 64 usage, 130 interrupted.
            """,
        version: Version.current,
        subcommands: verbs
    )

    /// Every verb, in the order help lists them.
    private static let verbs: [any ParsableCommand.Type] = [
        Init.self,
        Check.self,
        Up.self,
        Rehearse.self,
        Plan.self,
        Apply.self,
        Output.self,
        Drift.self,
        Destroy.self,
        StateVerbs.self,
        Eject.self,
        Status.self,
        Scale.self,
        Restart.self,
        Deploy.self,
        Rollback.self,
        ScheduleVerbs.self,
        Logs.self,
        Probe.self,
        Why.self,
        Exec.self,
        Doctor.self,
        SecretVerbs.self,
        Cost.self,
        Diagram.self,
        ClientConfig.self,
    ]

    package init() {}

    /// Runs the program. Everything that goes wrong is written to stderr here and nowhere else.
    package static func run(arguments: [String], effects: Effects) async -> Int32 {
        if let word = arguments.first, !word.hasPrefix("-"), !words.contains(word) { return unknown(word, effects) }
        let command: any ParsableCommand
        do {
            command = try parseAsRoot(arguments)
        } catch {
            return answer(error, effects)
        }
        guard let verb = command as? any OperatorCommand else { return help(command, effects) }
        do {
            return try await verb.run(effects).rawValue
        } catch let problems as Problems {
            return report(problems, verb.format, effects)
        } catch let problem as Problem {
            return report(Problems([problem]), verb.format, effects)
        } catch is CancellationError {
            return Outcome.interrupted.rawValue
        } catch {
            return answer(error, effects)
        }
    }

    private static var words: [String] { verbs.map { $0._commandName } + ["help"] }

    /// argument-parser would only say that the argument is unexpected.
    private static func unknown(_ word: String, _ effects: Effects) -> Int32 {
        let hint = Spelling.nearest(to: word, among: words).map { "did you mean slipway \($0)?" }
        let problem = Problem(.usage, "slipway has no command \(word)", hint: hint ?? "list them with: slipway --help")
        _ = report(Problems([problem]), .text, effects)
        return ExitCode.validationFailure.rawValue
    }

    /// What is parsed without being a verb of ours asks for help, by running.
    private static func help(_ command: any ParsableCommand, _ effects: Effects) -> Int32 {
        var command = command
        do {
            try command.run()
            return Outcome.done.rawValue
        } catch {
            return answer(error, effects)
        }
    }

    /// Writes what argument-parser would: help and version to stdout, a usage error to stderr.
    private static func answer(_ error: any Error, _ effects: Effects) -> Int32 {
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        guard !message.isEmpty else { return code.rawValue }
        let line = message.hasSuffix("\n") ? message : message + "\n"
        code.isSuccess ? effects.console.out(line) : effects.console.err(line)
        return code.rawValue
    }

    private static func report(_ problems: Problems, _ format: OutputFormat, _ effects: Effects) -> Int32 {
        switch format {
        case .text: effects.console.err(ProblemView.text(problems, ink: effects.errInk))
        case .json: effects.console.err(ProblemView.json(problems))
        }
        return (problems.all.contains { $0.kind == .interrupted } ? Outcome.interrupted : .failed).rawValue
    }
}
