import Subprocess
import Testing

extension `The built programs` {
    /// A short run of what `make fuzz` does at length.
    @Test(.timeLimit(.minutes(5)))
    func `the gateway withstands 15,000 seeded inputs`() async throws {
        let outcome = try await Subprocess.run(
            .name("env"),
            arguments: [BuiltPrograms.fuzzer, "--inputs", "15000", "--seed", "20261122"],
            output: .string(limit: 1_000_000),
            error: .string(limit: 1_000_000)
        )
        let report = "\(outcome.standardOutput)\(outcome.standardError)"
        #expect(outcome.terminationStatus.isSuccess, "\(report)")
        for area in ["scanner", "events", "lines", "tickets", "links", "shared-server", "http"] {
            #expect(report.contains("\(area) "), "\(report)")
        }
    }
}
