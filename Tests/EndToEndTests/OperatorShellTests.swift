import Foundation
import Subprocess
import Testing

/// What the program prints for a shell, put into a shell.
@Suite struct OperatorShellTests {
    private func bash(_ script: String, _ arguments: String...) async throws -> String {
        let outcome = try await run(
            .name("bash"),
            arguments: Arguments(["-c", script, "bash", BuiltPrograms.slipway] + arguments),
            output: .string(limit: 1_000_000),
            error: .string(limit: 1_000_000)
        )
        #expect(outcome.terminationStatus.isSuccess, "\(outcome.standardError)")
        return outcome.standardOutput
    }

    @Test func `bash completes verbs and options`() async throws {
        let script = #"""
            source <("$1" --generate-completion-script bash)
            complete -p slipway >&2
            complete_line() {
                COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMP_KEY=9 COMPREPLY=()
                read -ra COMP_WORDS <<<"$1"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _slipway slipway "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
                echo "${COMPREPLY[*]}"
            }
            complete_line "slipway co"
            complete_line "slipway cost --comp"
            complete_line "slipway client-config --client cu"
            """#
        let lines = try await bash(script).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines == ["cost", "--compare", "cursor curl"])
    }

    @Test(arguments: ["zsh", "fish"])
    func `other shells have scripts too, with every verb`(_ shell: String) async throws {
        let script = try await bash(#""$1" --generate-completion-script "$2""#, shell)
        for verb in ["init", "check", "up", "cost", "diagram", "client-config"] {
            #expect(script.contains(verb), "\(verb)")
        }
    }

    @Test func `the line for curl greets a running fleet`() async throws {
        try await RunningFleet.with(replicas: 2) { fleet in
            let script = #"""
                cd "$(mktemp -d)" && "$1" init --name my-mcp -- x >/dev/null
                eval "$("$1" client-config --client curl --url "$2") -sS --max-time 20"
                """#
            let answer = try await bash(script, fleet.url)
            #expect(answer.contains(#""protocolVersion":"2025-11-25""#), "\(answer)")
        }
    }
}
