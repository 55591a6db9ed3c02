import AWSOperations
import FleetModel

extension Effects {
    /// Waits for what was begun in one region, a line on stderr for everything new. nil where nobody wants to wait.
    ///
    /// `name` is what is waited for, such as `the restart`. Without options the wait is as long as it usually is.
    /// Ctrl-C ends the wait and nothing else.
    func wait(
        for goal: DeploymentGoal,
        called name: String,
        by watch: DeploymentWatch,
        in region: Region,
        _ options: WaitOptions? = nil
    ) async throws(Problem) -> DeploymentProgress? {
        guard options?.noWait != true else { return nil }
        let patience = options?.patience(DeploymentWatch.patience) ?? DeploymentWatch.patience
        let result: DeploymentResult?
        do {
            result = try await interruptible { [console] interruption in
                try await interruption.leaving { () throws(Problem) in
                    try await watch.wait(until: goal, within: patience) { news in
                        console.err("\(region.name): \(news.line)\n")
                    }
                }
            }
        } catch var problem as Problem {
            problem.summary = "\(name) was begun, but could not be followed to its end: \(problem.summary)"
            throw problem
        } catch {
            result = nil
        }
        guard let result else {
            throw Problem(
                .interrupted, at: .region(region.name), "\(name) was not waited for", detail: "It goes on in AWS.",
                hint: "see how it is: slipway status --region \(region.name)"
            )
        }
        if let problem = result.problem(of: name, in: region.name) { throw problem }
        return result.progress
    }
}
