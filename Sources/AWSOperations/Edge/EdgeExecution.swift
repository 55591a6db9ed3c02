import FleetModel

/// One run of the machine that opens and closes the edge, and how it ended.
package struct EdgeExecution: Sendable, Equatable {
    /// `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT` or `ABORTED` (Step Functions API, DescribeExecution).
    let status: String
    /// The machine's own word for what went wrong.
    let error: String?
    let cause: String?

    /// What an operator is told of one that did not succeed.
    func problem(_ phase: SchedulePhase, stack: String, in region: String) -> Problem? {
        guard status != "SUCCEEDED" else { return nil }
        let name = error ?? status
        let meaning = Self.meanings[name] ?? Self.meanings[status]
        return Problem(
            .failed, at: .region(region), "the machine that was told to go \(phase.rawValue) ended with \(name)",
            detail: [meaning?.words, cause].compactMap { $0 }.joined(separator: "\n"),
            hint: meaning?.hint.replacing("STACK", with: stack).replacing("REGION", with: region)
                ?? "see docs/operations.md, the weekend schedule"
        )
    }

    private struct Meaning {
        let words: String
        let hint: String
    }

    /// The table of docs/operations.md.
    private static let meanings = [
        "EdgeIsStuck": Meaning(
            words: "CloudFormation could not make or remove something of the edge.",
            hint: "see what it says: aws cloudformation describe-stack-events --region REGION --stack-name STACK"
        ),
        "NobodyIsHealthy": Meaning(
            words: "Tasks did not come up within 15 minutes, so the public name stays away.",
            hint: "see why: slipway why --region REGION"
        ),
        "TasksStay": Meaning(
            words: "Tasks did not go within 15 minutes, so the balancer stays too.",
            hint: "see why: slipway why --region REGION"
        ),
        "TIMED_OUT": Meaning(
            words: "It waited for another execution for most of an hour.",
            hint: "the next full hour tries again by itself; or do it now with the same command"
        ),
        "ABORTED": Meaning(
            words: "Somebody stopped it.", hint: "the next execution finishes what it began: use the same command"
        ),
    ]
}
