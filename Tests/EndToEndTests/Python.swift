import Foundation
import Subprocess

/// Runs a script of `Fixtures` and reads the one JSON object it prints. The scripts end themselves, most of them after three minutes.
enum Python {
    enum Interpreter: String {
        case system = ""
        case mcp1 = "mcp-1.30"
        case mcp2 = "mcp-2.3"
        case fastmcp = "fastmcp-4.1"
        case prometheus

        var path: String {
            self == .system ? "python3" : "\(environments)/\(rawValue)/bin/python"
        }
    }

    /// The folder of the interpreters that `scripts/python-clients` makes.
    static let environments = BuiltPrograms.package.appendingPathComponent(".build/venvs").path

    static func run<Answer: Decodable>(
        _ script: String,
        with interpreter: Interpreter = .system,
        _ arguments: [String]
    ) async throws -> Answer {
        if interpreter != .system && !FileManager.default.fileExists(atPath: interpreter.path) {
            throw Failure(description: "\(interpreter.path) is not there. Run: scripts/python-clients")
        }
        let outcome = try await Subprocess.run(
            .name("env"),
            arguments: Arguments([interpreter.path, BuiltPrograms.fixture(script)] + arguments),
            output: .string(limit: 1_000_000),
            error: .string(limit: 1_000_000)
        )
        let output = outcome.standardOutput
        guard outcome.terminationStatus.isSuccess else {
            throw Failure(
                description: "\(script) \(outcome.terminationStatus): \(output)\n\(outcome.standardError)"
            )
        }
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(output.utf8))
        } catch {
            throw Failure(description: "\(script) printed \(output)\n\(error)")
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
