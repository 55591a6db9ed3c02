import AWSOperations
import FleetModel

/// What became of one region.
struct RegionOutcome<Value: Sendable>: Sendable {
    let region: String
    let result: Result<Value, Problem>

    var value: Value? { if case .success(let value) = result { value } else { nil } }
    var problem: Problem? { if case .failure(let problem) = result { problem } else { nil } }

    /// The same failure where something else was wanted; nil where there was none.
    func carried<Other: Sendable>() -> RegionOutcome<Other>? {
        problem.map { RegionOutcome<Other>(region: region, result: .failure($0)) }
    }
}

extension Effects {
    /// Does the same in several regions at once, each by itself: one that fails neither stops nor hides the others.
    ///
    /// The outcomes come in the regions' own order.
    func inEach<Value: Sendable>(
        of regions: [Region],
        _ work: @escaping @Sendable (AWSClient, Region) async throws(Problem) -> Value
    ) async throws -> [RegionOutcome<Value>] {
        let surroundings = aws()
        return await inEach(of: regions, try await AWSClient.credentials(surroundings), surroundings, work)
    }

    /// The same with credentials that were found before.
    func inEach<Value: Sendable>(
        of regions: [Region],
        _ credentials: Credentials,
        _ surroundings: AWSSurroundings,
        _ work: @escaping @Sendable (AWSClient, Region) async throws(Problem) -> Value
    ) async -> [RegionOutcome<Value>] {
        await withTaskGroup(of: (Int, RegionOutcome<Value>).self) { group in
            for (index, region) in regions.enumerated() {
                group.addTask {
                    let client = AWSClient(region: region.name, credentials: credentials, surroundings)
                    do throws(Problem) {
                        let value = try await work(client, region)
                        return (index, RegionOutcome(region: region.name, result: .success(value)))
                    } catch {
                        return (index, RegionOutcome(region: region.name, result: .failure(error)))
                    }
                }
            }
            var outcomes: [(Int, RegionOutcome<Value>)] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
