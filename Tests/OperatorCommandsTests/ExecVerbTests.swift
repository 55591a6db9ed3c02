import Synchronization
import Testing

@testable import OperatorCommands

@Suite struct ExecVerbTests {
    private static func file(_ allows: Bool = true) -> String {
        """
        project_name: my-mcp
        server: { command: [x] }
        regions: { eu-west-1: { enable_execute_command: \(allows) }, us-east-1: {} }
        """
    }

    private func run(
        _ words: [String],
        file: String = Self.file(),
        tasks: [String: Bool] = ["3f2a000000000000": true, "99aa000000000000": true],
        shell: OperatorShell = OperatorShell(
            isInTerminal: { false }, path: { "/usr/bin/\($0)" }, become: { _, _ in "refused" })
    ) async -> (code: Int32, bench: Workbench) {
        let bench = Workbench(files: ["/srv/my-mcp/slipway.yaml": file])
        var effects = bench.effects
        effects.shell = shell
        let aws = AWSDouble { _, action in
            let arns = tasks.keys.map { #""arn:aws:ecs:eu-west-1:1:task/c/\#($0)""# }
            guard action == "DescribeTasks" else { return (200, #"{"taskArns": [\#(arns.joined(separator: ","))]}"#) }
            let details = tasks.map {
                #"{"taskArn": "a/\#($0.key)", "lastStatus": "RUNNING", "enableExecuteCommand": \#($0.value)}"#
            }
            return (200, #"{"tasks": [\#(details.joined(separator: ","))]}"#)
        }
        effects.aws = { aws.surroundings }
        return (await Root.run(arguments: ["exec"] + words, effects: effects), bench)
    }

    private static let line =
        "aws ecs execute-command --region eu-west-1 --cluster my-mcp-dev-eu-west-1-cluster --task 3f2a000000000000 "
        + "--container server --interactive --command /bin/sh\n"

    @Test func `the line is printed, and run by nobody where nobody sits there`() async {
        let (code, bench) = await run(["--region", "eu-west-1"])
        #expect(code == 0 && bench.out == Self.line, "\(bench.out)\(bench.err)")
        #expect(bench.err == "It was not run: standard input is no terminal.\n")
    }

    @Test func `at a terminal the program becomes the AWS CLI, word by word`() async {
        let became = Mutex<[String]>([])
        let shell = OperatorShell(
            isInTerminal: { true }, path: { "/usr/bin/\($0)" },
            become: { path, words in
                became.withLock { $0 = [path] + words }
                return "no such thing"
            })
        let words = ["--region", "eu-west-1", "--task", "99", "--command", "ls '/tmp'; id"]
        let (code, bench) = await run(words, shell: shell)
        #expect(
            code == 1 && bench.err.hasPrefix("Error: /usr/bin/aws could not be run\n  The system says: no such thing."))
        #expect(became.withLock { $0.first } == "/usr/bin/aws" && became.withLock { $0.last } == "ls '/tmp'; id")
        #expect(
            bench.out.hasSuffix(
                #"--task 99aa000000000000 --container server --interactive --command 'ls '\''/tmp'\''; id'"# + "\n"))
        let printed = await run(words + ["--print"], shell: shell)
        #expect(printed.code == 0 && printed.bench.err.isEmpty)
    }

    @Test func `what is not installed is told after the line`() async {
        let shell = OperatorShell(
            isInTerminal: { true }, path: { $0 == "aws" ? "/usr/bin/aws" : nil }, become: { _, _ in "" })
        let (code, bench) = await run(["--region", "eu-west-1"], shell: shell)
        #expect(code == 1 && bench.out == Self.line)
        #expect(bench.err.hasPrefix("Error: session-manager-plugin is not on PATH\n"))
    }

    @Test(
        arguments: [
            ([], Self.file(), "Error: a shell is in one region, and 2 were meant\n"),
            (
                ["--region", "us-east-1"], Self.file(),
                "Error: slipway.yaml: enable_execute_command is off for us-east-1\n"
            ),
            (["--region", "eu-west-1", "--task", "77"], Self.file(), "Error: eu-west-1: no task begins with 77\n"),
        ] as [([String], String, String)])
    func `what can't be opened is told`(_ words: [String], _ file: String, _ message: String) async {
        let (code, bench) = await run(words, file: file)
        #expect(code == 1 && bench.err.hasPrefix(message), "\(bench.err)")
    }

    @Test func `tasks that were started without it, or none, are told`() async {
        let old = await run(["--region", "eu-west-1"], tasks: ["3f2a": false])
        #expect(
            old.bench.err.hasPrefix("Error: eu-west-1: the tasks were started while enable_execute_command was off"))
        let none = await run(["--region", "eu-west-1"], tasks: [:])
        #expect(none.bench.err.hasPrefix("Error: eu-west-1: no task runs\n"))
    }
}
