/// What the service itself says.
extension Diagnosis {
    static let rowsOfTheService: [Row] =
        events.map { event in { @Sendable facts in event.diagnosis(of: facts) } } + [wentBack, deploying]

    /// Words in the events of a service that say what is the matter ("Service event messages", Amazon ECS Developer
    /// Guide).
    private struct Event: Sendable {
        let cause: String
        let words: [String]
        let fix: @Sendable (RegionFacts) -> String

        func diagnosis(of facts: RegionFacts) -> Diagnosis? {
            let mine = facts.events.filter { event in words.contains { event.lowercased().contains($0) } }
            return mine.first.map { Diagnosis(cause, [$0], fix: fix(facts)) }
        }
    }

    private static let events: [Event] = [
        Event(
            cause: "The account may not run so many processors at once",
            words: ["limit on the number of vcpus", "vcpu limit", "limit on the number of tasks"],
            fix: { "ask for more: aws service-quotas list-service-quotas --service-code fargate --region \($0.region)" }
        ),
        Event(
            cause: "ECS may not take the roles it needs", words: ["unable to assume"],
            fix: { "let Terraform mend the roles: slipway apply --region \($0.region)" }
        ),
        Event(
            cause: "The subnets have no free addresses", words: ["insufficient free", "not enough free addresses"],
            fix: { write("a larger vpc_cidr", $0) }
        ),
        Event(
            cause: "AWS has no room for the tasks just now", words: ["capacity is unavailable"],
            fix: { _ in "wait, or give the region another availability zone" }
        ),
    ]

    private static let wentBack: Row = { facts in
        guard facts.status.state == .failed else { return nil }
        let reason = facts.status.rolloutReason ?? "its rollout is FAILED"
        return Diagnosis(
            "The last deployment did not come up",
            [reason] + [facts.status.taskDefinition].compactMap { $0.map { "the service is at \($0)" } },
            fix: "mend what stands above, then deploy again"
        )
    }

    private static let deploying: Row = { facts in
        guard facts.status.state == .deploying else { return nil }
        let count = "\(facts.status.running) of \(facts.status.desired) tasks run, \(facts.pending) are starting"
        return Diagnosis(
            "A deployment is under way", [count] + [facts.status.rolloutReason].compactMap { $0 },
            fix: "wait, and see how it goes on: slipway status --region \(facts.region)", isFault: false
        )
    }

    /// What no row knows.
    static func theRest(_ facts: RegionFacts) -> Diagnosis {
        let counts = "\(facts.status.running) of \(facts.status.desired) tasks run, \(facts.pending) are starting"
        let targets = "\(facts.status.healthyTargets) of \(facts.status.targets) targets are healthy"
        return Diagnosis(
            "It is not as it should be, and nothing that is known explains it",
            [counts, targets] + facts.events.prefix(3) + facts.stopped.prefix(2).map(\.told),
            fix: "read what the tasks wrote: slipway logs --since 2h --region \(facts.region)"
        )
    }
}

extension RegionFacts {
    /// Whether as many tasks run, and as many targets are healthy, as should.
    package var isGood: Bool {
        status.state == .running
            || status.state == .deploying && status.running >= status.desired
                && (!wantsBalancer || status.healthyTargets >= status.desired)
    }
}
