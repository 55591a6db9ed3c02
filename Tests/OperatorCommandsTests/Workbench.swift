import AWSOperations
import FleetModel
import Synchronization
import Testing

@testable import OperatorCommands

/// A folder in memory and two streams to read afterwards: what a test supplies to a command.
final class Workbench: Sendable {
    private let state: Mutex<State>

    private struct State {
        var files: [String: String]
        var ownerOnly: Set<String> = []
        var out = ""
        var err = ""
    }

    init(files: [String: String] = [:]) {
        state = Mutex(State(files: files))
    }

    var out: String { state.withLock { $0.out } }
    var err: String { state.withLock { $0.err } }
    var files: [String: String] { state.withLock { $0.files } }
    var ownerOnly: Set<String> { state.withLock { $0.ownerOnly } }

    /// Runs the program in the folder `/srv/my-mcp`.
    func run(
        _ arguments: String...,
        environment: [String: String] = [:],
        machine: LocalMachine = Effects.refusing.machine,
        web: WebClient = Effects.refusing.web
    ) async -> Int32 {
        await run(arguments, environment: environment, machine: machine, web: web)
    }

    /// The same with the words as a list.
    func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        machine: LocalMachine = Effects.refusing.machine,
        web: WebClient = Effects.refusing.web
    ) async -> Int32 {
        var effects = effects
        effects.machine = machine
        effects.web = web
        effects.environment = { environment }
        return await Root.run(arguments: arguments, effects: effects)
    }

    /// The folder and the streams, and nothing else of the world.
    var effects: Effects {
        var effects = Effects.refusing
        effects.console = console
        effects.files = Files(
            read: { path in self.files[path] },
            write: { path, text in self.state.withLock { $0.files[path] = text } },
            append: { path, text in self.state.withLock { $0.files[path, default: ""] += text } },
            move: { path, target in self.state.withLock { $0.files[target] = $0.files.removeValue(forKey: path) } },
            exists: { path in self.files[path] != nil },
            makeFolder: { _ in },
            create: { path, text, access throws(Problem) in try self.create(path, text, access) },
            remove: { path in self.remove(path) }
        )
        effects.environment = { [:] }
        effects.currentDirectory = { "/srv/my-mcp" }
        effects.today = { "2026-11-23" }
        return effects
    }

    var console: Console {
        Console(
            out: { text in self.state.withLock { $0.out += text } },
            err: { text in self.state.withLock { $0.err += text } },
            isOutTerminal: { false },
            isErrTerminal: { false },
            columns: { 80 }
        )
    }

    private func remove(_ path: String) {
        state.withLock { state in
            state.files = state.files.filter { $0.key != path && !$0.key.hasPrefix("\(path)/") }
        }
    }

    private func create(_ path: String, _ text: String, _ access: FileAccess) throws(Problem) {
        let isNew = state.withLock { state in
            guard state.files[path] == nil else { return false }
            state.files[path] = text
            if access == .ownerOnly { state.ownerOnly.insert(path) }
            return true
        }
        guard isNew else { throw Problem(.fileExists, at: .file(path), "is there already") }
    }
}
