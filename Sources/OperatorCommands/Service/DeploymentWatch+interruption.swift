import AWSOperations
import FleetModel

extension DeploymentWatch {
    /// The wait, until it is over or the operator has had enough of it: nil then. The deployment goes on either way.
    func wait(
        until goal: DeploymentGoal,
        within seconds: Int,
        _ interruption: Interruption,
        _ tell: @escaping @Sendable (DeploymentNews) -> Void
    ) async throws(Problem) -> DeploymentResult? {
        let result = await withTaskGroup(of: Result<DeploymentResult, Problem>?.self) { tasks in
            tasks.addTask {
                do throws(Problem) {
                    return .success(try await self.wait(until: goal, within: seconds, tell))
                } catch {
                    return .failure(error)
                }
            }
            tasks.addTask {
                for await _ in interruption.counts() { return nil }
                return nil
            }
            defer { tasks.cancelAll() }
            return await tasks.next() ?? nil
        }
        return try result?.get()
    }
}
