import AWSOperations
import FleetModel

extension Effects {
    /// Waits for what was begun in one region, a line on stderr for everything new. nil where nobody wants to wait.
    ///
    /// `name` is what is waited for, such as `the restart`. Without options the wait is as long as it usually is.
    func wait(
        for goal: DeploymentGoal,
        called name: String,
        by watch: DeploymentWatch,
        in region: Region,
        _ options: WaitOptions? = nil
    ) async throws(Problem) -> DeploymentProgress? {
        guard options?.noWait != true else { return nil }
        let console = console
        let result: DeploymentResult
        do {
            let patience = options?.patience(DeploymentWatch.patience) ?? DeploymentWatch.patience
            result = try await watch.wait(until: goal, within: patience) { news in
                console.err("\(region.name): \(news.line)\n")
            }
        } catch {
            var problem = error
            problem.summary = "\(name) was begun, but could not be followed to its end: \(error.summary)"
            throw problem
        }
        if let problem = result.problem(of: name, in: region.name) { throw problem }
        return result.progress
    }
}
