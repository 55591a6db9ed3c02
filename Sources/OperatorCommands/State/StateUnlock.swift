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

    @OptionGroup var options: TerraformOptions

    var format: OutputFormat { options.fleet.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let names = try options.regionNames(effects)
        guard names.count == 1 else {
            throw Problem(
                .usage, "a lock is one region's", hint: "name it: slipway state unlock \(id) --region \(names[0])")
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
        effects.console.err("\(names[0]): unlocked.\n")
        return .done
    }
}
