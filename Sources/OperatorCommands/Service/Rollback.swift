import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway rollback`: back to an earlier revision of the task.
struct Rollback: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Go back to the revision of the task before this one.",
        discussion: """
            The whole task goes back, not only its image, in all regions at once, and is waited for as a deployment is. \
            A revision that Terraform retired meanwhile is made again, as a new one.

              slipway rollback --dry-run        # shows the images, now and then
              slipway rollback
              slipway rollback --to 7 --region eu-west-1
            """
    )

    @Option(help: ArgumentHelp("A revision, for one region.", valueName: "revision"))
    var to: Int?

    @OptionGroup var change: ChangeOptions

    @OptionGroup var waiting: WaitOptions

    var format: OutputFormat { change.options.answer.format }

    func validate() throws {
        if let to, to < 1 { throw ValidationError("--to is the number of a revision, such as 7.") }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try change.options.chosen(effects)
        if to != nil, chosen.count > 1 {
            throw Problem(
                .conflict, "--to is for one region, as each numbers its revisions by itself",
                hint: "add --region, such as --region \(chosen[0].name)"
            )
        }
        let outcomes = try await effects.inEach(of: chosen) { [self] client, region throws(Problem) in
            try await goBack(client, fleet, region, effects)
        }
        return effects.tell(outcomes, as: format)
    }

    private func goBack(
        _ client: AWSClient,
        _ fleet: Fleet,
        _ region: Region,
        _ effects: Effects
    ) async throws(Problem) -> RegionChange {
        let rollout = ServiceRollout(client, fleet, region)
        let shelf = TaskDefinitionShelf(client)
        let current = try await shelf.definition(rollout.taskDefinition())
        let target = try await target(before: current, in: shelf, region)
        let image = try ServerContainer.image(in: target, region)
        var answer = RegionChange(
            region: region.name, was: current.image(of: ServerContainer.name) ?? "", now: image,
            revision: target.name, state: .unchanged)
        guard target.name != current.name else { return answer }
        answer.notes = [ImageNote(fleet: fleet, file: change.options.file).words(for: image)]
        guard !change.dryRun else {
            answer.state = .wouldChange
            return answer
        }
        let revision = target.isActive ? target : try await shelf.register(target)
        let deployment = try await rollout.begin(revision)
        answer.revision = revision.name
        answer.tasks = try await effects.wait(
            for: .deployment(id: deployment), called: "the way back to \(revision.name)",
            by: DeploymentWatch(client, fleet, region), in: region, waiting)
        answer.state = waiting.noWait ? .begun : .done
        return answer
    }

    private func target(
        before current: TaskDefinition,
        in shelf: TaskDefinitionShelf,
        _ region: Region
    ) async throws(Problem) -> TaskDefinition {
        if let to { return try await shelf.definition("\(current.family):\(to)") }
        if let previous = try await shelf.previous(to: current) { return previous }
        throw Problem(
            .notFound, at: .region(region.name), "there is no revision before \(current.name)",
            detail: "Nothing was changed.", hint: "deploy another image with: slipway deploy --image <reference>"
        )
    }
}
