/// How far a deployment is.
package struct DeploymentProgress: Sendable, Equatable, Encodable {
    /// Tasks of the deployment that run; of the whole service where a range is waited for.
    package let running: Int
    package let desired: Int
    /// nil where no balancer is in front.
    package let healthyTargets: Int?

    package var words: String {
        let tasks = "\(running) of \(desired) task\(desired == 1 ? " runs" : "s run")"
        return healthyTargets.map { "\(tasks), \($0) target\($0 == 1 ? " is" : "s are") healthy" } ?? tasks
    }
}
