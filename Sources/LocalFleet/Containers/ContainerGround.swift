import FleetModel
import Subprocess
import SystemPackage

/// What the containers of a local fleet stand on: an engine that answers, the image, a network of their own; and no
/// containers of a run that was killed.
struct ContainerGround {
    /// Bytes of an engine's answer.
    private static let answerLimit = 1 << 20

    let containers: ContainerPlan
    /// The engine's program, and what it sees as its environment.
    let engine: String
    let environment: [String: Secret]
    let report: @Sendable (LocalFleetEvent) -> Void

    private var engineName: String { engine.split(separator: "/").last.map(String.init) ?? engine }

    /// Throws a `LocalFleetFailure` where the engine, the image or the network can't be had.
    func prepare() async throws {
        try await ask("\(engineName) does not answer", ["version"])
        try await sweep { $0.isGone(from: .current) }
        switch containers.image {
        case .built(let folder, let name):
            try await follow("the image was not built from \(folder)", ["build", "--tag", name, folder])
        case .named(let name):
            if try await run(["image", "inspect", name]).isGood { break }
            try await follow("the image \(name) is not here and was not pulled", ["pull", name])
        }
        let label = containers.owner.map { ["--label", $0.label] } ?? []
        try await ask("no network was made for the replicas", ["network", "create"] + label + [containers.run])
    }

    /// Removes whatever this run made. What can't be removed is said, and is no reason to fail: everything has ended.
    func clear() async {
        guard let owner = containers.owner else { return }
        do {
            try await sweep { $0 == owner }
        } catch {
            say("what this run made was not removed: \(engineName) ps --filter label=\(owner.label)")
        }
    }

    /// Removes containers and networks by whose they are.
    private func sweep(_ isOver: (ContainerOwner) -> Bool) async throws {
        let filter = ["--filter", "label=\(ContainerOwner.labelName)"]
        let label = #"(index %@ "\#(ContainerOwner.labelName)")"#
        let containers = try await owned(
            by: isOver, listed: ["ps", "--all", "--no-trunc", "--quiet"] + filter,
            shown: ["inspect", "--format", "{{.Id}} {{\(label.replacing("%@", with: ".Config.Labels"))}}"]
        )
        if !containers.isEmpty { _ = try await run(["rm", "--force", "--volumes"] + containers) }
        let networks = try await owned(
            by: isOver, listed: ["network", "ls", "--format", "{{.Name}}"] + filter,
            shown: ["network", "inspect", "--format", "{{.Name}} {{\(label.replacing("%@", with: ".Labels"))}}"]
        )
        if !networks.isEmpty { _ = try await run(["network", "rm"] + networks) }
        guard !containers.isEmpty else { return }
        say("removed \(containers.count) container\(containers.count == 1 ? "" : "s") that \(engineName) still had")
    }

    /// The first words of lines whose second is the label of an owner that `isOver` names.
    private func owned(
        by isOver: (ContainerOwner) -> Bool,
        listed: [String],
        shown: [String]
    ) async throws -> [String] {
        let names = try await run(listed).output.split(whereSeparator: \.isWhitespace).map(String.init)
        guard !names.isEmpty else { return [] }
        // One that went meanwhile is a complaint, and the others are shown all the same.
        return try await run(shown + names).output.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 2, let owner = ContainerOwner(words[1]), isOver(owner) else { return nil }
            return String(words[0])
        }
    }

    private func say(_ line: String) { report(.logged(replica: engineName, line: line)) }

    private func ask(_ refusal: String, _ words: [String]) async throws {
        let answer = try await run(words)
        guard answer.isGood else { throw LocalFleetFailure.engine(refusal, answer.complaint) }
    }

    private func run(_ words: [String]) async throws -> Answer {
        do {
            let result = try await Subprocess.run(
                .path(FilePath(engine)), arguments: Arguments(words), environment: .custom(variables), input: .none,
                output: .string(limit: Self.answerLimit), error: .string(limit: Self.answerLimit)
            )
            return Answer(
                isGood: result.terminationStatus.isSuccess, output: result.standardOutput,
                complaint: result.standardError
            )
        } catch let error as SubprocessError {
            throw LocalFleetFailure.engine("\(engine) was not run", "\(error)")
        }
    }

    /// Runs what takes its time, and shows what it says meanwhile.
    private func follow(_ refusal: String, _ words: [String]) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(engine)), arguments: Arguments(words), environment: .custom(variables), input: .none,
            output: .sequence, error: .combinedWithOutput
        ) { execution in
            for try await line in execution.standardOutput.strings(bufferingPolicy: .unbounded) { say(line) }
        }
        guard result.terminationStatus.isSuccess else {
            throw LocalFleetFailure.engine(refusal, "The words of \(engineName) are above.")
        }
    }

    private var variables: [Environment.Key: String] {
        Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1.reveal()) })
    }

    /// How a short command of the engine ended.
    private struct Answer {
        let isGood: Bool
        let output: String
        private let words: String

        init(isGood: Bool, output: String, complaint: String) {
            self.isGood = isGood
            self.output = output
            words = complaint
        }

        /// The last line, which is where engines say it.
        var complaint: String {
            words.split(whereSeparator: \.isNewline).last.map { String($0.prefix(500)) } ?? "It said nothing."
        }
    }
}
