/// Why tasks don't start, or don't stay.
extension Diagnosis {
    static let rowsOfTheSecrets: [Row] = [missingKeys, missingFleetKey, unreadableSecret]
    static let rowsOfTheStart: [Row] =
        stops.map { stop in { @Sendable facts in stop.diagnosis(of: facts) } } + [endsByItself]

    private static let missingKeys: Row = { facts in
        guard let keys = facts.secrets?.missingKeys, let key = keys.first else { return nil }
        let plural = keys.count == 1 ? "" : "s"
        return Diagnosis(
            "The secret has no value for \(keys.joined(separator: ", "))",
            ["A task starts only when every key has one"] + told(facts, ["ResourceInitializationError"]),
            fix: "put the value\(plural) in: slipway secret set \(key) --region \(facts.region) --restart"
        )
    }

    private static let missingFleetKey: Row = { facts in
        guard facts.secrets?.isFleetKeyMissing == true else { return nil }
        return Diagnosis(
            "The gateways have no key for session ids", told(facts, ["ResourceInitializationError"]),
            fix: "make one for all regions: slipway secret set --fleet-key --restart"
        )
    }

    private static let unreadableSecret: Row = { facts in
        guard facts.secrets?.isUnreadable == true else { return nil }
        return Diagnosis(
            "The secret holds something that is not a JSON object of texts",
            told(facts, ["ResourceInitializationError"]),
            fix: "put an object in by hand: aws secretsmanager put-secret-value --secret-string file:///dev/stdin"
        )
    }

    /// Words of ECS that say by themselves what is the matter ("Stopped task error messages", Amazon ECS Developer
    /// Guide). The first row that a task matches is taken for it, so the narrower ones come first.
    private struct Stop: Sendable {
        let cause: String
        /// Each of these is in what ECS says, in any case of letters.
        let all: [String]
        /// One of these is too, where there are any.
        var any: [String] = []
        let fix: @Sendable (RegionFacts) -> String

        func matches(_ task: EndedTask) -> Bool {
            let words = "\(task.stopCode) \(task.words)".lowercased()
            return all.allSatisfy { words.contains($0) } && (any.isEmpty || any.contains { words.contains($0) })
        }

        func diagnosis(of facts: RegionFacts) -> Diagnosis? {
            let mine = facts.stopped.filter { task in stops.first { $0.matches(task) }?.cause == cause }
            guard !mine.isEmpty else { return nil }
            return Diagnosis(cause, mine.prefix(2).map(\.told), fix: fix(facts))
        }
    }

    private static let stops: [Stop] = [
        Stop(
            cause: "The image is not made for the tasks' processor", all: ["cannotpullcontainer"],
            any: ["platform", "no matching manifest", "descriptor matching"],
            fix: { "build \($0.image) for \($0.architecture), or set architecture in the fleet file" }
        ),
        Stop(
            cause: "The registry gives no more images for now", all: ["cannotpullcontainer"],
            any: ["toomanyrequests", "rate limit"],
            fix: { "put \($0.image) into ECR, and name that in the fleet file" }
        ),
        Stop(
            cause: "The registry does not let the tasks have the image", all: ["cannotpullcontainer"],
            any: ["denied", "unauthorized", "forbidden", "authorization failed"],
            fix: { "make \($0.image) public, or put it into ECR of this account" }
        ),
        Stop(
            cause: "There is no such image", all: ["cannotpullcontainer"],
            any: ["not found", "does not exist", "manifest unknown"],
            fix: { "push \($0.image), or correct image in the fleet file" }
        ),
        Stop(
            cause: "The tasks don't reach the registry", all: ["cannotpullcontainer"],
            fix: { "see how tasks get out: private_subnets is \($0.egress) in the fleet file" }
        ),
        Stop(
            cause: "The secret lacks a key", all: ["resourceinitializationerror", "json key"],
            fix: { "see which: slipway secret status --region \($0.region)" }
        ),
        Stop(
            cause: "The tasks' role may not read the secret, the registry or the log",
            all: ["resourceinitializationerror"], any: ["accessdenied", "not authorized"],
            fix: { "let Terraform mend the role: slipway apply --region \($0.region)" }
        ),
        Stop(
            cause: "The secret has no value yet", all: ["resourceinitializationerror"],
            any: ["can't find the specified secret value", "awscurrent", "resourcenotfound"],
            fix: { "see which: slipway secret status --region \($0.region)" }
        ),
        Stop(
            cause: "The log group is not there", all: ["resourceinitializationerror"],
            any: ["logger args", "log group"],
            fix: { "let Terraform make it again: slipway apply --region \($0.region)" }
        ),
        Stop(
            cause: "The tasks don't reach Secrets Manager or the registry", all: ["resourceinitializationerror"],
            fix: { "see how tasks get out: private_subnets is \($0.egress) in the fleet file" }
        ),
        Stop(
            cause: "The server uses more memory than its task has", all: [], any: ["outofmemory", "memory usage"],
            fix: { write("memory: \($0.memory * 2)", $0) }
        ),
        Stop(
            cause: "The image has no such program", all: ["cannotstartcontainer"],
            any: ["executable file not found", "no such file"],
            fix: { _ in "correct command in the fleet file, or build the program and slipway-gateway into the image" }
        ),
        Stop(
            cause: "Spot capacity was taken back", all: ["spotinterruption"],
            fix: { write("a smaller spot_percent", $0) }
        ),
        Stop(
            cause: "AWS has no room for the tasks just now", all: ["capacity is unavailable"],
            fix: { _ in "wait, or give the region another availability zone" }
        ),
    ]

    /// A server that ends, with what it wrote last.
    private static let endsByItself: Row = { facts in
        let ended = facts.stopped.filter { task in
            task.stopCode == "EssentialContainerExited" && !stops.contains { $0.matches(task) }
        }
        guard let task = ended.first else { return nil }
        let lines = task.lastLines.map { "it wrote: \($0)" }
        if (task.lastLines + [task.words]).contains(where: { $0.lowercased().contains("exec format error") }) {
            return Diagnosis(
                "The image is not made for the tasks' processor", [task.told] + lines,
                fix: "build \(facts.image) for \(facts.architecture), or set architecture in the fleet file"
            )
        }
        return Diagnosis(
            "The server ends by itself", ended.prefix(2).map(\.told) + lines,
            fix: lines.isEmpty
                ? "run it here to see why: slipway up"
                : "read all it wrote: slipway logs --since 2h --region \(facts.region)"
        )
    }

    /// What tasks said that holds one of these words.
    private static func told(_ facts: RegionFacts, _ words: [String]) -> [String] {
        facts.stopped.filter { task in words.contains { task.words.contains($0) } }.prefix(1).map(\.told)
    }
}
