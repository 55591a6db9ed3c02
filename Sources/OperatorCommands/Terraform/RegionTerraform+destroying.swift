import FleetModel
import TerraformDriver

extension RegionTerraform {
    /// Carries a plan of destruction out; where something stays, the problem lists it.
    func destroy(_ plan: RegionPlan) async throws(Problem) -> DestroyAnswer.Row {
        guard !plan.isNothing else { return DestroyAnswer.Row(region: region, destroyed: 0) }
        do {
            return DestroyAnswer.Row(region: region, destroyed: try await apply(plan, "destroying").remove)
        } catch {
            var problem = error
            let left = await remaining()
            if !left.isEmpty {
                problem.detail = [error.detail, "Still there:\n" + left.map { "  \($0)" }.joined(separator: "\n")]
                    .compactMap { $0 }.joined(separator: "\n")
            }
            throw problem
        }
    }

    /// The addresses of what the state still holds; nothing where it can't be read.
    func remaining() async -> [String] {
        do {
            let run = try await ask(.list(workspace))
            return run.answer.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("data.") }
        } catch {
            return []
        }
    }
}
