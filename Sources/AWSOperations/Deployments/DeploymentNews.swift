/// What is new since the last look at a deployment.
package enum DeploymentNews: Sendable, Equatable {
    case progress(DeploymentProgress)
    /// A message of the service, in ECS's words.
    case event(String)
    case stopped(StoppedTask)

    /// It in one line.
    package var line: String {
        switch self {
        case .progress(let progress): progress.words
        case .event(let message): message
        case .stopped(let task): "task \(task.id) stopped: \(task.words)"
        }
    }
}
