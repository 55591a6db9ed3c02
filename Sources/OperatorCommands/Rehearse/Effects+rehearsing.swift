import AWSOperations
import FleetModel
import Synchronization
import TerraformDriver

/// What a verb writes while it is rehearsed.
final class Transcript: Sendable {
    private let state = Mutex((out: "", all: ""))

    /// What it answered.
    var out: String { state.withLock { $0.out } }
    /// Both streams, as they came.
    var all: String { state.withLock { $0.all } }

    func takeOut(_ text: String) {
        state.withLock { state in
            state.out += text
            state.all += text
        }
    }

    func takeErr(_ text: String) { state.withLock { $0.all += text } }
}

extension Effects {
    /// The world as the verbs of a rehearsal see it: another AWS, a folder of their own, nobody at the terminal, and
    /// each secret a value that was made up.
    func rehearsing(in place: RehearsalPlace, _ interruption: Interruption, _ transcript: Transcript) -> Effects {
        var effects = self
        let own = environment()
        let variables = place.variables(from: own)
        let overrides = place.overrides(of: own)
        effects.environment = { variables }
        effects.currentDirectory = { place.folder }
        effects.web = place.confining(web)
        effects.aws = { [aws, web = place.confining(web)] in
            var surroundings = aws()
            surroundings.variables = variables
            surroundings.web = web
            surroundings.readFile = { _ in nil }
            return surroundings
        }
        effects.terraform.run = { [run = terraform.run] path, command, signals, line throws(Problem) in
            try await run(path, command.adding(overrides), signals, line)
        }
        effects.console = Console(
            out: transcript.takeOut,
            err: { [err = console.err] text in
                transcript.takeErr(text)
                err(text)
            },
            isOutTerminal: { false }, isErrTerminal: { false }, columns: console.columns
        )
        effects.readLine = { _ in nil }
        effects.readSecret = { [randomKey = machine.randomKey] _ in randomKey() }
        effects.listen = { heard in
            for await _ in interruption.counts() {
                // Twice: what stands is thrown away, so nothing has to end in order.
                heard()
                heard()
            }
        }
        return effects
    }
}
