import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView
import TerraformDriver

/// `slipway state unlock`: takes away a lock that nobody holds any more.
struct StateUnlock: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock",
        abstract: "Take away the lock of a run that died.",
        discussion: """
            Make sure first that nobody is at work: two who write the same state at once lose what one of them did. \
            The id stands in the error that a plan or apply met.
            """
    )

    @Argument(help: "The lock's id.")
    var id: String

    @Flag(help: "Say whose lock it is, and leave it.")
    var dryRun = false

    @OptionGroup var options: TerraformOptions

    var format: OutputFormat { options.fleet.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let names = try options.regionNames(effects)
        guard names.count == 1 else {
            throw Problem(
                .usage, "a lock is one region's", hint: "name it: slipway state unlock \(id) --region \(names[0])")
        }
        guard !dryRun else {
            let holder = try await holder(in: names[0], effects)
            effects.answer(UnlockAnswer(region: names[0], id: id, state: .wouldBeUnlocked, holder: holder), as: format)
            return .done
        }
        let problems = try await effects.interruptible { interruption in
            let fleet = try TerraformFleet(options, effects, interruption) { _ in }
            let prepared = try await fleet.prepare()
            let outcomes = await fleet.inEach(of: prepared.compactMap { $0.value.map { ($0, ()) } }) {
                region, _ throws(Problem) in
                let run = try await region.ask(.unlock(region.workspace, id: id))
                guard run.exitCode == 0 else {
                    throw region.problem(run, "force-unlock", stands: "The lock is as it was.")
                }
            }
            return prepared.compactMap(\.problem) + outcomes.compactMap(\.problem)
        }
        guard problems.isEmpty else { throw Problems(problems) }
        effects.answer(UnlockAnswer(region: names[0], id: id, state: .unlocked), as: format)
        return .done
    }

    /// Who holds the lock; nil where the states are files, whose locks end with whoever holds them.
    private func holder(in region: String, _ effects: Effects) async throws -> StateLock? {
        let fleet = try effects.fleet(in: options.fleet.file)
        guard case .bucket = fleet.state else { return nil }
        let surroundings = effects.aws()
        let locks = StateLocks(fleet, try await AWSClient.credentials(surroundings), surroundings)
        guard let lock = await locks.lock(of: region), lock.id == id else {
            throw Problem(
                .notFound, at: .region(region), "there is no lock \(id)",
                hint: "see whether anybody holds one: slipway status --region \(region)")
        }
        return lock
    }
}

/// What became of the lock.
struct UnlockAnswer: Answer {
    enum State: String, Encodable, Sendable {
        case unlocked
        case wouldBeUnlocked = "would-be-unlocked"
    }

    let region: String
    let id: String
    let state: State
    var holder: StateLock?

    func text(ink: Ink) -> String {
        switch state {
        case .unlocked: "\(region): unlocked.\n"
        case .wouldBeUnlocked:
            "\(region): would take the lock \(id) away"
                + (holder.map { ", which \($0.who) holds since \($0.since)" } ?? "") + ".\n"
        }
    }
}
