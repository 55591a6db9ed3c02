import AWSOperations
import FleetModel

/// What changes how many tasks run, and which.
extension RehearsalActs {
    /// Values that nobody has: from slipway.env, where it has the key, else made up.
    func putSecretsIn() async throws {
        let keys = fleet.server.secretKeys
        let known = try effects.secrets(besides: run.verb.options.file)
        for (index, key) in keys.enumerated() {
            let restart = index == keys.count - 1 ? ["--restart", "--wait"] : []
            try await type(["secret", "set", key] + restart, reading: known[key])
        }
        try await rows(of: ["secret", "status"])
        let madeUp = keys.filter { known[$0] == nil }
        if !madeUp.isEmpty { notes.add(fact: "values were made up for \(madeUp.joined(separator: ", "))") }
    }

    /// A task more in every region, and back.
    func scaleThereAndBack() async throws {
        for region in regions {
            let range = region.task.range(when: .up)
            try await type(["scale", "\(range.upperBound + 1)"], in: [region.name])
            try await rows(
                of: ["scale", "--least", "\(range.lowerBound)", "--most", "\(range.upperBound)"], in: [region.name])
        }
    }

    /// Another image, or the same by another name, while clients call.
    func deployUnderLoad() async throws {
        guard let present = fleet.server.image else {
            throw Problem(
                .missingKey, at: .file(run.verb.options.file), "server names no image", hint: "write server.image")
        }
        let alias = "slipway-rehearsal/\(fleet.projectName):next"
        if run.verb.image == nil { try await scene.engine?.tag(present, as: alias) }
        let traffic = try await underLoad(in: .deploy) { acts in
            try await acts.rows(of: ["deploy", "--image", acts.run.verb.image ?? alias])
        }
        for tally in traffic where tally.failed > 0 { throw lostCalls(tally, during: "the deployment", allowed: 0) }
    }

    /// SIGKILL to one container; the calls that it had in hand are lost, and nothing else.
    func killUnderLoad() async throws {
        guard let engine = scene.engine, let victim = regions.first(where: \.loadBalancer.isCreated) else { return }
        let traffic = try await underLoad(in: .kill) { acts in
            let before = try await engine.containers(of: victim.clusterName)
            guard let container = before.first else {
                throw Problem(.notFound, at: .region(victim.name), "no container runs that could be killed")
            }
            try await engine.kill(container)
            try await acts.waitForReplacement(of: container, in: victim, among: before.count)
        }
        for tally in traffic {
            // Each client has one call in hand.
            let allowed = tally.region == victim.name ? tally.clients : 0
            if tally.failed > allowed { throw lostCalls(tally, during: "the killing of a task", allowed: allowed) }
        }
    }

    private func lostCalls(_ tally: TrafficTally, during what: String, allowed: Int) -> Problem {
        Problem(
            .failed, at: .region(tally.region),
            "\(tally.failed) of \(tally.calls) calls failed during \(what), and \(allowed) may",
            detail: tally.failures.joined(separator: "\n"),
            hint: "several tasks need the gateway in front of the server: docs/gateway.md"
        )
    }

    /// Waits until as many containers run as before, without the one that was killed, and the targets are healthy.
    private func waitForReplacement(of container: String, in region: Region, among count: Int) async throws {
        let start = effects.elapsed()
        while effects.elapsed() - start < .seconds(90) {
            let now = try await scene.engine?.containers(of: region.clusterName) ?? []
            let status = try await statuses().first { $0.region == region.name }
            if !now.contains(container), now.count >= count, status?.state == .running {
                let time = RehearsalAnswer.time((effects.elapsed() - start).inSeconds)
                return notes.add(fact: "\(region.name): a container was killed, and replaced after \(time)")
            }
            try await effects.aws().pause(.milliseconds(300))
        }
        throw Problem(
            .failed, at: .region(region.name), "the task that was killed was not replaced within 90 s",
            hint: "see the emulator's log in the folder that was kept"
        )
    }
}
