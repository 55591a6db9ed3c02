import AWSOperations
import FleetModel

extension RehearsalActs {
    /// Somebody keeps the logs for longer, by hand; `drift` finds it and `apply` puts it back.
    func changeByHand() async throws {
        let stage = stage
        let outcomes = try await stage.inEach(of: regions) { [fleet] client, region throws(Problem) in
            let days = region.monitoring.logRetentionDays == 30 ? 14 : 30
            try await client.tell(
                .logs, "PutRetentionPolicy",
                Retention(logGroupName: ResourceNames(fleet, region).logGroup, retentionInDays: days),
                repetition: .harmless)
        }
        if let problem = outcomes.lazy.compactMap(\.problem).first { throw problem }
        try await rows(of: ["drift"], ending: Outcome.changesPending.rawValue) { $0.hasPrefix("  ") }
        try await type(["apply", "--yes"])
        try await type(["drift"])
        notes.add(fact: "after slipway apply nothing differs")
    }

    /// CloudWatch Logs API, PutRetentionPolicy.
    private struct Retention: Encodable {
        let logGroupName: String
        let retentionInDays: Int
    }
}
