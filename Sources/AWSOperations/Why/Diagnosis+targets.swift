/// Why tasks that run are not healthy.
extension Diagnosis {
    static let rowsOfTheRules: [Row] = [noWayOut, rulesIn, rulesOut]
    static let rowsOfTheTargets: [Row] = [noBalancer, wrongStatus, silent, refused, beginning]

    private static let noWayOut: Row = { facts in
        guard let rules = facts.rules, !rules.letsTasksOut else { return nil }
        return Diagnosis(
            "The tasks' security group lets nothing out on port 443",
            ["Image, secrets and log are reached by HTTPS, from \(list(rules.taskGroups))"],
            fix: "let Terraform set the rules again: slipway apply --region \(facts.region)"
        )
    }

    private static let noBalancer: Row = { facts in
        guard facts.wantsBalancer, facts.status.balancer == nil else { return nil }
        let isScheduled = facts.schedule != nil
        return Diagnosis(
            "The load balancer is not there", ["\(facts.status.running) tasks run, and nobody can reach them"],
            fix: isScheduled
                ? "open it as the schedule would: slipway schedule up --region \(facts.region)"
                : "make it again: slipway apply --region \(facts.region)"
        )
    }

    private static let rulesIn: Row = { facts in
        guard let rules = facts.rules, !rules.letsBalancerIn, facts.status.balancer != nil else { return nil }
        return Diagnosis(
            "The tasks' security group does not let the load balancer in on port \(facts.containerPort)",
            ["No rule of \(list(rules.taskGroups)) lets \(list(rules.balancerGroups)) in"]
                + told(facts, "Target.Timeout"),
            fix: "let Terraform set the rules again: slipway apply --region \(facts.region)"
        )
    }

    private static let rulesOut: Row = { facts in
        guard let rules = facts.rules, !rules.letsBalancerOut, facts.status.balancer != nil else { return nil }
        return Diagnosis(
            "The load balancer's security group does not let it out to port \(facts.containerPort) of the tasks",
            ["No rule of \(list(rules.balancerGroups)) leads to \(list(rules.taskGroups))"]
                + told(facts, "Target.Timeout"),
            fix: "let Terraform set the rules again: slipway apply --region \(facts.region)"
        )
    }

    private static let wrongStatus: Row = { facts in
        guard has(facts, "Target.ResponseCodeMismatch") else { return nil }
        return Diagnosis(
            "\(facts.healthPath) does not answer 200", told(facts, "Target.ResponseCodeMismatch"),
            fix: "read what the gateway says is wrong with the server: slipway logs --region \(facts.region)"
        )
    }

    private static let silent: Row = { facts in
        guard has(facts, "Target.Timeout"), facts.rules.map({ $0.letsBalancerIn && $0.letsBalancerOut }) ?? true
        else { return nil }
        return Diagnosis(
            "\(facts.healthPath) does not answer in time on port \(facts.containerPort)", told(facts, "Target.Timeout"),
            fix: "see what the tasks are busy with: slipway logs --region \(facts.region)"
        )
    }

    private static let refused: Row = { facts in
        guard has(facts, "Target.FailedHealthChecks") else { return nil }
        return Diagnosis(
            "Nothing good answers on port \(facts.containerPort)", told(facts, "Target.FailedHealthChecks"),
            fix: "see whether the gateway listens there: container_port in the fleet file is \(facts.containerPort)"
        )
    }

    private static let beginning: Row = { facts in
        let new = facts.targets.filter { $0.state == "initial" }
        guard !new.isEmpty, new.count == facts.targets.count else { return nil }
        return Diagnosis(
            "The tasks were just started", new.prefix(2).map(\.told), fix: "wait a minute, and ask again",
            isFault: false
        )
    }

    private static func has(_ facts: RegionFacts, _ reason: String) -> Bool {
        facts.targets.contains { $0.reason == reason }
    }

    private static func told(_ facts: RegionFacts, _ reason: String) -> [String] {
        facts.targets.filter { $0.reason == reason }.prefix(2).map(\.told)
    }

    private static func list(_ groups: [String]) -> String { groups.joined(separator: ", ") }
}
