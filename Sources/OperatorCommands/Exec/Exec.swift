import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway exec`: a shell in a running task.
struct Exec: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open a shell in a running task.",
        discussion: """
            Picks a task of the region, prints the line of the AWS CLI that opens a shell in it, and becomes that \
            program where a person sits at the terminal. Needs enable_execute_command in the fleet file, and the AWS \
            CLI with its session-manager-plugin. What is typed goes to the region's log.

              slipway exec --region eu-west-1
              slipway exec --region eu-west-1 --task 3f2a --container gateway --print
            """
    )

    @Option(help: ArgumentHelp("The task's id or its beginning. (default: the first that runs)", valueName: "task"))
    var task: String?

    @Option(help: ArgumentHelp("The container: server, or gateway where it has one of its own."))
    var container = "server"

    @Option(help: ArgumentHelp("What to run there."))
    var command = "/bin/sh"

    @Flag(name: .customLong("print"), help: "Print the line, and run nothing.")
    var isPrinted = false

    @OptionGroup var options: FleetOptions

    var format: OutputFormat { options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try options.chosen(effects)
        guard let region = chosen.first, chosen.count == 1 else {
            throw Problem(
                .usage, "a shell is in one region, and \(chosen.count) were meant",
                hint: "name it: slipway exec --region \(chosen.first?.name ?? "")"
            )
        }
        guard region.task.allowsShell else { throw isOff(region) }
        let outcomes = try await effects.inEach(of: chosen) { [task] client, region throws(Problem) in
            try await Self.pick(task, from: TaskList(client, fleet, region).running(), region)
        }
        guard let id = try outcomes.first?.result.get() else { return .failed }
        let line = ExecLine(
            region: region.name, cluster: region.clusterName, task: id, container: container, command: command)
        effects.answer(ExecAnswer(line), as: format)
        guard !isPrinted, format == .text else { return .done }
        guard effects.shell.isInTerminal() else {
            effects.console.err("It was not run: standard input is no terminal.\n")
            return .done
        }
        throw try become(line, effects)
    }

    private func isOff(_ region: Region) -> Problem {
        Problem(
            .conflict, at: .file(options.file), "enable_execute_command is off for \(region.name)",
            detail: "Tasks that were started without it never open a shell.",
            hint: "write enable_execute_command: true under regions.\(region.name), then apply"
        )
    }

    private static func pick(
        _ prefix: String?,
        from running: [RunningTask],
        _ region: Region
    ) throws(Problem) -> String {
        func problem(_ kind: Problem.Kind, _ summary: String, _ hint: String) -> Problem {
            Problem(kind, at: .region(region.name), summary, hint: hint)
        }
        guard !running.isEmpty else {
            throw problem(.notFound, "no task runs", "see why with: slipway why --region \(region.name)")
        }
        let meant = running.filter { $0.id.hasPrefix(prefix ?? "") }
        guard !meant.isEmpty, prefix == nil || meant.count == 1 else {
            let ids = running.map { String($0.id.prefix(8)) }.joined(separator: ", ")
            throw problem(
                .notFound, "\(meant.isEmpty ? "no task begins" : "several tasks begin") with \(prefix ?? "")",
                "name one of \(ids)")
        }
        guard let open = meant.first(where: \.allowsShell) else {
            throw problem(
                .conflict, "the tasks were started while enable_execute_command was off",
                "apply, and start them anew: aws ecs update-service --force-new-deployment")
        }
        return open.id
    }

    /// Takes the terminal over; what comes back is why that was not done.
    private func become(_ line: ExecLine, _ effects: Effects) throws(Problem) -> Problem {
        let needed = [
            "aws": "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
            "session-manager-plugin":
                "https://docs.aws.amazon.com/systems-manager/latest/userguide/"
                + "session-manager-working-with-install-plugin.html",
        ]
        for (program, page) in needed.sorted(by: { $0.key < $1.key }) where effects.shell.path(program) == nil {
            throw Problem(
                .notFound, "\(program) is not on PATH", detail: "The line above needs it. Nothing was run.",
                hint: "install it: \(page)"
            )
        }
        let path = effects.shell.path("aws") ?? "aws"
        let words = effects.shell.become(path, line.words)
        return Problem(.unavailable, "\(path) could not be run", detail: "The system says: \(words).")
    }
}
