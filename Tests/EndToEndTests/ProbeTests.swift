import Foundation
import Subprocess
import Testing

/// `slipway probe` against endpoints that run.
@Suite struct ProbeTests {
    private func probe(_ words: String...) async throws -> (code: Int32, out: String, err: String) {
        let outcome = try await run(
            .name("env"),
            arguments: Arguments([BuiltPrograms.slipway, "probe"] + words),
            input: .none,
            output: .string(limit: 1_000_000),
            error: .string(limit: 1_000_000)
        )
        guard case .exited(let code) = outcome.terminationStatus else {
            return (-1, "", "\(outcome.terminationStatus)")
        }
        return (code, outcome.standardOutput, outcome.standardError)
    }

    @Test(.timeLimit(.minutes(3)))
    func `a fleet of slipway up is good in both eras, and leaves no session behind`() async throws {
        try await RunningFleet.with(replicas: 2) { fleet in
            let (code, out, err) = try await probe("--url", fleet.url)
            #expect(code == 0 && err.isEmpty, "\(out)\(err)")
            let lines = out.split(separator: "\n")
            #expect(
                lines[0].split(separator: " ").map(String.init) == [
                    "VIA", "HEALTH", "SESSIONS", "MODERN", "CERTIFICATE",
                ])
            #expect(lines[1].hasPrefix("127.0.0.1:"))
            #expect(lines[1].contains("2025-11-25, ") && lines[1].contains("2026-07-28, "), "\(out)")
            for replica in fleet.replicas {
                let health = try await run(
                    .name("curl"), arguments: ["-sS", "--max-time", "20", "\(replica.url)/health"],
                    output: .string(limit: 1_000_000))
                #expect(health.standardOutput.contains(#""sessions":0"#), "\(health.standardOutput)")
            }
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `a closed door is told, and opens to the header of a file`() async throws {
        let settings = ["SLIPWAY_API_KEYS": "ops:0123456789abcdef0123456789abcdef"]
        try await RunningFleet.with(replicas: 1, settings: settings) { fleet in
            let closed = try await probe("--url", fleet.url)
            #expect(closed.code == 1 && closed.err.contains("asks for authorization"), "\(closed)")
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("probe-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data("Authorization: Bearer 0123456789abcdef0123456789abcdef\n".utf8).write(to: file)
            let open = try await probe("--url", fleet.url, "--header-file", file.path, "--json")
            #expect(open.code == 0, "\(open)")
            #expect(open.out.contains(#""state" : "good""#) && !(open.out + open.err).contains("0123456789abcdef"))
        }
    }

    @Test func `nobody there is told in one line of why`() async throws {
        let (code, _, err) = try await probe("--url", "http://127.0.0.1:9/mcp")
        #expect(code == 1)
        #expect(err == "Error: the health page of http://127.0.0.1:9/mcp is wrong\n  connection refused\n")
    }

    private struct Fleet: Decodable {
        let skipped: Bool
        let seen: [[String?]]
        let code: Int
        let out: String
        let err: String
    }

    @Test(.timeLimit(.minutes(3)))
    func `a balancer is asked by its own address, with the domain's name in TLS and Host`() async throws {
        let found: Fleet = try await Python.run("probe_fleet.py", with: .mcp2, [BuiltPrograms.slipway])
        guard !found.skipped else { return }
        #expect(found.seen == [["mcp.example.test", "mcp.example.test"]])
        let line = found.out.split(separator: "\n").first { $0.hasPrefix("eu-west-1") } ?? ""
        #expect(line.contains(" 2025-11-25, ") && line.hasSuffix("not served  40 days"), "\(found.out)\(found.err)")
        // The name itself leads nowhere.
        #expect(
            found.code == 1 && found.err.hasPrefix("Error: the health page of https://mcp.example.test/mcp is wrong\n"))
        #expect(!found.err.contains("eu-west-1"), "\(found.err)")
    }
}
