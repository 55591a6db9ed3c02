import FleetModel

/// What came of a deployment, and why tasks of it stopped.
package struct DeploymentResult: Sendable, Equatable {
    package let end: DeploymentEnd
    /// The task definition that the service has now: the last part of its ARN.
    package let taskDefinition: String
    package let progress: DeploymentProgress
    package let stopped: [StoppedTask]

    /// What an operator is told; nil when it is done. `name` is what was waited for, such as `the deployment`.
    package func problem(of name: String, in region: String) -> Problem? {
        let summary: String
        var words: [String] = []
        switch end {
        case .done: return nil
        case .rolledBack(let reason):
            summary = "\(name) did not come up, and ECS went back to \(taskDefinition)"
            words = [reason]
        case .failed(let reason):
            summary = "\(name) did not come up, and there is none before it to go back to"
            words = [reason]
        case .overtaken(let other):
            summary = "\(name) was overtaken by another one, of \(other)"
        case .overdue(let seconds):
            summary = "\(name) was not done after \(Self.inWords(seconds))"
            words = ["\(progress.words). It goes on by itself."]
        }
        return Problem(
            .failed, at: .region(region), summary,
            detail: (words + StoppedTask.reasons(of: stopped)).filter { !$0.isEmpty }.joined(separator: "\n"),
            hint: "see what is the matter with: slipway why --region \(region)"
        )
    }

    private static func inWords(_ seconds: Int) -> String {
        guard seconds % 60 == 0 else { return "\(seconds) seconds" }
        return seconds == 60 ? "a minute" : "\(seconds / 60) minutes"
    }
}
