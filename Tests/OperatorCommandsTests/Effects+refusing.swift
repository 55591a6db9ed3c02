import AWSOperations
import FleetModel
import LocalFleet
import TerraformDriver
import Testing

@testable import OperatorCommands

extension Effects {
    /// Fails the test at the first touch of anything it did not supply.
    static let refusing = Effects(
        console: Console(
            out: { refuse("stdout, with: \($0)") },
            err: { refuse("stderr, with: \($0)") },
            isOutTerminal: { refuse("stdout's kind", false) },
            isErrTerminal: { refuse("stderr's kind", false) },
            columns: { refuse("the terminal's width", 80) }
        ),
        files: Files(
            read: { refuse("read \($0)", nil) },
            write: { path, _ in refuse("write \(path)") },
            append: { path, _ in refuse("append to \(path)") },
            move: { path, _ in refuse("move \(path)") },
            exists: { refuse("exists \($0)", false) },
            makeFolder: { refuse("make the folder \($0)") },
            create: { path, _, _ in refuse("create \(path)") },
            remove: { path in refuse("remove \(path)") }
        ),
        environment: { refuse("the environment", [:]) },
        currentDirectory: { refuse("the current directory", "/refused") },
        machine: LocalMachine(
            program: { refuse("this program's path", "/refused") },
            isExecutable: { refuse("whether \($0) may be run", false) },
            freePorts: { refuse("\($0) free ports", []) },
            freeMemory: { refuse("the memory", nil) },
            randomKey: { refuse("a random key", Secret("")) },
            run: { plan, _ in refuse("a fleet of \(plan.replicas.count) processes") }
        ),
        shell: OperatorShell(
            isInTerminal: { refuse("standard input's kind", false) },
            path: { refuse("where \($0) lies", nil) },
            become: { path, _ in refuse("become \(path)", "refused") }
        ),
        web: WebClient { request in
            refuse("\(request.method) \(request.url)", .failure(WebFailure("refused", mayHaveHappened: false)))
        },
        today: { refuse("the day", "1970-01-01") },
        elapsed: { refuse("the time that went by", .zero) },
        readSecret: { prompt in refuse("standard input, for: \(prompt)", Secret("")) },
        readLine: { prompt in refuse("a line of standard input, for: \(prompt)", nil) },
        listen: { _ in refuse("signals") },
        terraform: TerraformProgram(
            find: { refuse("where terraform is", nil) },
            run: { _, command, _, _ in refuse("terraform \(command.verb)", 1) }
        ),
        companions: Companions(
            run: { program in refuse("run \(program.words)", 1) },
            hold: { program, _ in refuse("hold \(program.words)", 1) }
        ),
        aws: { refuse("AWS", .refusing) }
    )

    private static func refuse(_ effect: String) {
        Issue.record("the command touched what this test did not supply: \(effect)")
    }

    private static func refuse<Value>(_ effect: String, _ value: Value) -> Value {
        refuse(effect)
        return value
    }
}
