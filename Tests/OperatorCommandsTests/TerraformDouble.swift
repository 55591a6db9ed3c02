import FleetModel
import Synchronization
import TerraformDriver

@testable import OperatorCommands

/// A `terraform` that answers from a table, and remembers what it was asked.
final class TerraformDouble: Sendable {
    /// What a run writes, and how it ends.
    struct Answer: Sendable {
        var lines: [String] = []
        var errors: [String] = []
        var code: Int32 = 0
        /// Ends only when it is interrupted.
        var waits = false
    }

    private let answers: Mutex<[String: Answer]>
    private let asked = Mutex<[String]>([])
    private let environments = Mutex<[[String: String]]>([])

    /// - Parameter answers: by "verb" or, for one region alone, "verb region".
    init(_ answers: [String: Answer]) {
        let version = Answer(lines: [#"{"terraform_version":"1.11.4"}"#])
        self.answers = Mutex(["version": version].merging(answers) { $1 })
    }

    /// "verb region" of every run but those that prepare, in their order.
    var runs: [String] { asked.withLock { $0 } }

    /// What was added to the environment of every run.
    var additions: [[String: String]] { environments.withLock { $0 } }

    func set(_ key: String, _ answer: Answer) { answers.withLock { $0[key] = answer } }

    var program: TerraformProgram {
        TerraformProgram(
            find: { TerraformProgram.Found(path: "/bin/terraform", identity: "one") },
            run: { _, command, signals, line in await self.run(command, signals, line) }
        )
    }

    private func run(
        _ command: TerraformCommand,
        _ signals: AsyncStream<Int>,
        _ line: @Sendable (Bool, String) -> Void
    ) async -> Int32 {
        let verb = command.arguments.first { !$0.hasPrefix("-") } ?? ""
        let region = command.environment["TF_DATA_DIR"]?.split(separator: "/").dropLast().last.map(String.init) ?? ""
        environments.withLock { $0.append(command.environment) }
        let answer = answers.withLock { $0["\(verb) \(region)"] ?? $0[verb] } ?? Answer()
        if !["version", "init"].contains(verb) { asked.withLock { $0.append("\(verb) \(region)") } }
        answer.lines.forEach { line(false, $0) }
        answer.errors.forEach { line(true, $0) }
        if answer.waits { for await _ in signals { break } }
        return answer.code
    }
}

extension TerraformDouble.Answer {
    static let noChanges = TerraformDouble.Answer(
        lines: [#"{"changes":{"add":0,"change":0,"remove":0,"operation":"plan"},"type":"change_summary"}"#])

    /// A plan that makes these.
    static func making(_ addresses: String...) -> TerraformDouble.Answer {
        let changes = addresses.map {
            #"{"change":{"resource":{"addr":"\#($0)"},"action":"create"},"type":"planned_change"}"#
        }
        let sum = #"{"changes":{"add":\#(addresses.count),"change":0,"remove":0},"type":"change_summary"}"#
        return TerraformDouble.Answer(lines: changes + [sum], code: 2)
    }

    /// An apply that has made these.
    static func made(_ addresses: String...) -> TerraformDouble.Answer {
        let steps = addresses.flatMap { address in
            ["apply_start", "apply_complete"].map {
                #"{"hook":{"resource":{"addr":"\#(address)"},"action":"create"},"type":"\#($0)"}"#
            }
        }
        let sum = #"{"changes":{"add":\#(addresses.count),"change":0,"remove":0},"type":"change_summary"}"#
        return TerraformDouble.Answer(lines: steps + [sum])
    }

    static func failing(_ summary: String, _ detail: String = "") -> TerraformDouble.Answer {
        let line =
            #"{"diagnostic":{"severity":"error","summary":"\#(summary)","detail":"\#(detail)"},"type":"diagnostic"}"#
        return TerraformDouble.Answer(lines: [line], code: 1)
    }
}
