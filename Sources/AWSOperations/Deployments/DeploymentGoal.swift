/// What is waited for.
package enum DeploymentGoal: Sendable, Equatable {
    /// That a deployment came up: by its id, else the one that is the service's own at the first look.
    case deployment(id: String? = nil)
    /// That as many tasks run as a range of the scalable target says.
    case range(ClosedRange<Int>)
}
