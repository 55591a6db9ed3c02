import AWSOperations
import FleetModel

/// The container engine of this machine, as a rehearsal uses it: by its program, with this shell's environment.
struct RehearsalEngine: Sendable {
    /// docker or podman.
    let name: String
    /// Where it listens, as `DOCKER_HOST` has it.
    let socket: String
    private let run: @Sendable (_ words: [String]) async -> ProgramAnswer

    /// The labels that the emulator puts on tasks are those of the ECS agent.
    private static let clusterLabel = "com.amazonaws.ecs.cluster"
    static let runLabel = "slipway.rehearsal"

    /// An engine that answers; else the words that say what is missing.
    static func find(_ effects: Effects) async -> Result<RehearsalEngine, Absence> {
        let run = effects.aws().runProgram
        let variables = effects.environment()
        let names = effects.engineNames
        var words: [String] = []
        for name in names where effects.shell.path(name) != nil {
            guard case .answered = await run([name, "version", "--format", "{{.Server.Version}}"]) else {
                words.append("\(name) is here, and its daemon does not answer")
                continue
            }
            if let stated = variables["DOCKER_HOST"], !stated.isEmpty {
                return .success(RehearsalEngine(name: name, socket: stated, run: run))
            }
            if let socket = await socket(of: name, run) {
                return .success(RehearsalEngine(name: name, socket: socket, run: run))
            }
            words.append("\(name) answers, and does not say at which socket; name it in DOCKER_HOST")
        }
        return .failure(
            Absence(
                words: words.isEmpty
                    ? "there is no \(names.joined(separator: " and no ")) on PATH"
                    : words.joined(separator: "; ")))
    }

    /// Why there is none.
    struct Absence: Error, Equatable {
        let words: String
    }

    private static func socket(of name: String, _ run: ([String]) async -> ProgramAnswer) async -> String? {
        let question =
            name.hasSuffix("podman")
            ? ["info", "--format", "{{if .Host.RemoteSocket.Exists}}{{.Host.RemoteSocket.Path}}{{end}}"]
            : ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"]
        guard case .answered(let text) = await run([name] + question),
            let line = text.split(whereSeparator: \.isWhitespace).first
        else { return nil }
        return line.contains("://") ? String(line) : "unix://\(line)"
    }

    func has(_ image: String) async -> Bool {
        if case .answered = await run([name, "image", "inspect", "--format", "{{.Id}}", image]) { true } else { false }
    }

    /// Gives an image another name.
    func tag(_ image: String, as other: String) async throws(Problem) {
        _ = try await answer(["tag", image, other])
    }

    /// Takes a name away again, which leaves the image where it has others.
    func untag(_ name: String) async { _ = await run([self.name, "image", "rm", name]) }

    /// The ids of the running containers of a cluster, by its name.
    func containers(of cluster: String) async throws(Problem) -> [String] {
        let ids = try await answer(["ps", "--quiet", "--no-trunc", "--filter", "label=\(Self.clusterLabel)"])
        let all = ids.split(whereSeparator: \.isWhitespace).map(String.init)
        guard !all.isEmpty else { return [] }
        // One that went meanwhile is a complaint, and the others are shown all the same.
        let format = "{{.Id}} {{index .Config.Labels \"\(Self.clusterLabel)\"}}"
        guard case .answered(let shown) = await run([name, "inspect", "--format", format] + all) else { return [] }
        return shown.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return words.count == 2 && words[1].hasSuffix("/\(cluster)") ? String(words[0]) : nil
        }
    }

    /// SIGKILL.
    func kill(_ container: String) async throws(Problem) { _ = try await answer(["kill", container]) }

    /// Containers and networks of a run that still are.
    func left(of run: String) async throws(Problem) -> [String] {
        let filter = ["--filter", "label=\(Self.runLabel)=\(run)"]
        let containers = try await answer(["ps", "--all", "--format", "{{.Names}}"] + filter)
        let networks = try await answer(["network", "ls", "--format", "{{.Name}}"] + filter)
        return (containers + "\n" + networks).split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private func answer(_ words: [String]) async throws(Problem) -> String {
        let line = ([name] + words.prefix(2)).joined(separator: " ")
        switch await run([name] + words) {
        case .answered(let text): return text
        case .failed(let complaint): throw unavailable("\(line) failed", complaint)
        case .missing: throw unavailable("\(name) is no longer on PATH", nil)
        case .overdue(let seconds): throw unavailable("\(line) gave no answer within \(seconds) seconds", nil)
        }
    }

    private func unavailable(_ summary: String, _ detail: String?) -> Problem {
        Problem(.unavailable, summary, detail: detail, hint: "see whether it runs by itself: \(name) ps")
    }
}
