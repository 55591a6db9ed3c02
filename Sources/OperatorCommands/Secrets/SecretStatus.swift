import AWSOperations
import ArgumentParser
import FleetModel
import TerminalView

/// `slipway secret status`: which keys have values, region by region.
struct SecretStatus: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say which secrets have values in which region.",
        discussion: """
            Looks whether there is a value and never shows one. Exit code 1 where a key has none: tasks of that region \
            don't start.
            """
    )

    @OptionGroup var options: FleetOptions

    var format: OutputFormat { options.answer.format }

    func run(_ effects: Effects) async throws -> Outcome {
        let (fleet, chosen) = try options.chosen(effects)
        let outcomes = try await effects.inEach(of: chosen) { client, region throws(Problem) in
            try await Self.rows(SecretShelf(client, fleet, region), fleet, region.name)
        }
        let answer = SecretAnswer(
            rows: outcomes.compactMap(\.value).flatMap { $0 }, problems: outcomes.compactMap(\.problem))
        return effects.tell(answer, as: format)
    }

    private static func rows(
        _ shelf: SecretShelf,
        _ fleet: Fleet,
        _ region: String
    ) async throws(Problem) -> [SecretAnswer.Row] {
        let key: SecretAnswer.State =
            switch try await shelf.value(of: shelf.find(.fleetKey)) {
            case .nothing: .missing
            case .text: .set
            case .bytes: .bytes
            }
        var rows = [SecretAnswer.Row(region: region, key: SecretAnswer.fleetKey, state: key)]
        guard !fleet.server.secretKeys.isEmpty else { return rows }
        let held = ServerSecrets(try await shelf.value(of: shelf.find(.server)))
        for name in fleet.server.secretKeys {
            let state: SecretAnswer.State = held.map { $0.names.contains(name) ? .set : .missing } ?? .unreadable
            rows.append(SecretAnswer.Row(region: region, key: name, state: state))
        }
        return rows
    }
}
