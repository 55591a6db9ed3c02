import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway deploy`: another image for the server, everything else as it is.
struct Deploy: OperatorCommand {
    static let configuration = CommandConfiguration(
        abstract: "Roll another image of the server out.",
        discussion: """
            Makes a revision of the task that differs in the server's image only, pinned to what its tag stands for now \
            where the registry tells it, and waits until it is up. One that does not come up goes back by itself, and is \
            told with the reasons why its tasks stopped; exit code 1 then. With --canary, one region goes first and the \
            others follow only if it came up.

              slipway deploy --image ghcr.io/my-org/my-mcp:1.1
              slipway deploy --image ghcr.io/my-org/my-mcp:1.1 --canary eu-west-1
            """
    )

    @Option(
        help: ArgumentHelp("The image. (default: server.image of the fleet file)", valueName: "reference")
    )
    var image: String?

    @Option(help: ArgumentHelp("The region to begin with.", valueName: "region"))
    var canary: String?

    @OptionGroup var change: ChangeOptions

    @OptionGroup var waiting: WaitOptions

    var format: OutputFormat { change.options.answer.format }

    func validate() throws {
        if canary != nil, waiting.noWait { throw ValidationError("--canary waits, so leave --no-wait out.") }
    }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try change.options.chosen(effects)
        let (written, reference) = try reference(fleet)
        let first = try canaries(chosen)
        let work: @Sendable (AWSClient, Region) async throws(Problem) -> RegionChange = {
            [self] client, region throws(Problem) in
            try await deploy(reference, written, client, fleet, region, effects)
        }
        var outcomes = first.isEmpty ? [] : try await effects.inEach(of: first, work)
        let rest = chosen.filter { region in !first.contains(region) }
        if outcomes.contains(where: { $0.problem != nil }) {
            outcomes += rest.map { region in
                RegionOutcome(
                    region: region.name, result: .success(RegionChange(region: region.name, state: .notBegun)))
            }
        } else if !rest.isEmpty {
            outcomes += try await effects.inEach(of: rest, work)
        }
        return effects.tell(outcomes, as: format)
    }

    private func reference(_ fleet: Fleet) throws(Problem) -> (String, ImageReference) {
        guard let written = image ?? fleet.server.image else {
            throw Problem(
                .usage, at: .file(change.options.file), "server names no image",
                hint: "name one with: slipway deploy --image <reference>"
            )
        }
        guard let reference = ImageReference(written) else {
            throw Problem(
                .invalidValue, "--image is not the name of an image: \(written)",
                hint: "write one such as ghcr.io/my-org/my-mcp:1.1"
            )
        }
        return (written, reference)
    }

    private func canaries(_ chosen: [Region]) throws(Problem) -> [Region] {
        guard let canary else { return [] }
        guard let region = chosen.first(where: { $0.name == canary }) else {
            throw Problem(
                .notFound, at: .file(change.options.file), "--canary names \(canary), which is not one of the regions",
                hint: "name one of \(chosen.map(\.name).joined(separator: ", "))"
            )
        }
        return [region]
    }

    private func deploy(
        _ reference: ImageReference,
        _ written: String,
        _ client: AWSClient,
        _ fleet: Fleet,
        _ region: Region,
        _ effects: Effects
    ) async throws(Problem) -> RegionChange {
        let rollout = ServiceRollout(client, fleet, region)
        let shelf = TaskDefinitionShelf(client)
        let current = try await shelf.definition(rollout.taskDefinition())
        let was = try ServerContainer.image(in: current, region)
        let pin = try await ImageLookup(client).pin(reference, written: written)
        var answer = RegionChange(
            region: region.name, was: was, now: pin.image, revision: current.name, state: .unchanged)
        answer.notes = [pin.doubt.map { "\($0)." }].compactMap { $0 }
        guard was != pin.image else {
            if pin.doubt != nil { answer.notes.append("To have every task pull it anew: slipway restart") }
            return answer
        }
        answer.notes.append(ImageNote(fleet: fleet, file: change.options.file).words(for: pin.image))
        guard !change.dryRun else {
            answer.state = .wouldChange
            return answer
        }
        let made = try await shelf.register(current.with(image: pin.image, in: ServerContainer.name))
        let deployment = try await rollout.begin(made)
        answer.revision = made.name
        answer.tasks = try await effects.wait(
            for: .deployment(id: deployment), called: "the deployment of \(made.name)",
            by: DeploymentWatch(client, fleet, region), in: region, waiting)
        answer.state = waiting.noWait ? .begun : .done
        return answer
    }
}
