import Foundation
import Subprocess
import Testing

extension `The built programs` {
    /// Sessions whose clients never come back.
    @Suite struct `when sessions are abandoned` {
        struct Outcome: Decodable {
            let sessions: Int
            let children: Int
            let growth: Double
        }

        @Test(.timeLimit(.minutes(3)))
        func `keep neither their processes nor their memory`() async throws {
            let script = BuiltPrograms.package.appendingPathComponent("Benchmarks/abandoned").path
            let gateway = BuiltPrograms.folder.appendingPathComponent("slipway-gateway").path
            let run = try await Subprocess.run(
                .name("env"),
                arguments: [
                    "SLIPWAY_BENCH_GATEWAY=\(gateway)", "SLIPWAY_BENCH_SERVER=\(BuiltPrograms.demoServer)", "python3",
                    script, "--sessions", "400", "--wave", "100",
                ],
                output: .string(limit: 100_000),
                error: .string(limit: 100_000)
            )
            let said = "\(run.standardOutput)\n\(run.standardError)"
            let outcome = try JSONDecoder().decode(Outcome.self, from: Data(run.standardOutput.utf8))
            #expect(outcome.sessions == 400 && outcome.children == 0, "\(said)")
            #expect(outcome.growth < 10, "\(said)")
        }
    }
}
