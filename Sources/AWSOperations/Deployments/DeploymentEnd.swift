/// How the wait for a deployment ended.
package enum DeploymentEnd: Sendable, Equatable {
    case done
    /// It did not come up, and ECS went back to the one before (its circuit breaker).
    case rolledBack(reason: String)
    /// It did not come up, and there is none to go back to.
    case failed(reason: String)
    /// Somebody began another deployment before this one was done.
    case overtaken(by: String)
    /// Neither came to pass within so many seconds. It may still.
    case overdue(after: Int)
}
