import AWSOperations
import FleetModel

/// Before the first act and after the last: what is there.
extension RehearsalActs {
    /// The emulator answers, and holds what a fleet finds in any account: its zone and the bucket of its states.
    func prepareGround() async throws {
        if let emulator = scene.emulator {
            try await emulator.begin()
            try await emulator.lay(fleet)
            guard await emulator.remember() else { throw Self.silent }
        } else {
            let client = AWSClient(
                region: regions[0].name, credentials: try await AWSClient.credentials(stage.aws()), stage.aws())
            _ = try await AccountReader(client).identity()
        }
        notes.add(fact: "at \(scene.place.endpoint)")
        if let engine = scene.engine {
            notes.add(fact: "tasks run as containers of \(engine.name)")
        } else {
            notes.add(fact: "tasks are entries in a table: \(scene.absence ?? "")")
        }
    }

    /// What stands that did not stand before.
    func lookForLeftovers() async throws {
        var left: [String] = []
        if let emulator = scene.emulator {
            guard let found = await emulator.left() else { throw Self.silent }
            left = found
        }
        for region in regions { left += try await scene.engine?.containers(of: region.clusterName) ?? [] }
        guard !left.isEmpty else {
            let account =
                scene.emulator == nil
                ? "Terraform's states are empty; what --endpoint names was not listed"
                : "the emulated account holds what it held before"
            notes.add(fact: account + (scene.engine.map { ", and \($0.name) runs no container of it" } ?? ""))
            return
        }
        throw Problem(
            .failed, "\(left.count) thing\(left.count == 1 ? " is" : "s are") left",
            detail: left.prefix(20).joined(separator: "\n"), hint: "see what destroy said in the report"
        )
    }

    private static var silent: Problem {
        Problem(
            .unavailable, "the emulated AWS does not answer any more", hint: "see its log in the folder that was kept")
    }
}
