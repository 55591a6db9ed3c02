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
        let result: DeploymentResult
        do {
            result = try await untilInterrupted(name, in: region) { [console] () throws(Problem) in
                try await watch.wait(until: goal, within: patience) { news in
                    console.err("\(region.name): \(news.line)\n")
                }
            }
        } catch var problem where problem.kind != .interrupted {
            problem.summary = "\(name) was begun, but could not be followed to its end: \(problem.summary)"
            throw problem
        }
        if let problem = result.problem(of: name, in: region.name) { throw problem }
        return result.progress
    }
    /// Follows what goes on in AWS by itself. Ctrl-C ends the following and nothing else: `name` was not waited for.
    func untilInterrupted<Value: Sendable>(
        _ name: String,
        in region: Region,
        _ work: @escaping @Sendable () async throws(Problem) -> Value
    ) async throws(Problem) -> Value {
        let value: Value?
        do {
            value = try await interruptible { interruption in try await interruption.leaving(work) }
        } catch let problem as Problem {
            throw problem
        } catch {
            value = nil
        }
        if let value { return value }
        throw Problem(
            .interrupted, at: .region(region.name), "\(name) was not waited for", detail: "It goes on in AWS.",
            hint: "see how it is: slipway status --region \(region.name)"
        )
    }
}
