/// A task that ended, and why (Amazon ECS API, Task).
package struct StoppedTask: Sendable, Equatable, Encodable {
    package struct Container: Sendable, Equatable, Encodable {
        package let name: String
        package let reason: String?
        package let exitCode: Int?
    }

    /// The last part of its ARN.
    package let id: String
    package let taskDefinition: String
    /// The deployment that started it, or whatever else did.
    let startedBy: String
    /// Such as `TaskFailedToStart` or `EssentialContainerExited`.
    package let stopCode: String?
    package let stoppedReason: String?
    package let containers: [Container]

    /// The deployment has fewer tasks to run, or is replaced: nothing went wrong.
    var isRoutine: Bool { stoppedReason?.hasPrefix("Scaling activity initiated by") ?? false }

    /// Why, in ECS's own words.
    package var words: String {
        let reason = stoppedReason.flatMap { $0.isEmpty ? nil : $0 } ?? "ECS gives no reason"
        let code = stopCode.map { "\($0): " } ?? ""
        let ends = containers.compactMap { container -> String? in
            let exit = container.exitCode.map { "exit code \($0)" }
            let words = [exit, container.reason].compactMap { $0 }.filter { !$0.isEmpty && $0 != stoppedReason }
            return words.isEmpty ? nil : "container \(container.name): \(words.joined(separator: ", "))"
        }
        return String(([code + reason] + ends).joined(separator: "; ").prefix(1000))
    }

    /// The different reasons, the first ones first, each with how many tasks it stopped.
    package static func reasons(of tasks: [StoppedTask], limit: Int = 5) -> [String] {
        var counts: [String: Int] = [:]
        var order: [String] = []
        for words in tasks.map(\.words) {
            if counts[words] == nil { order.append(words) }
            counts[words, default: 0] += 1
        }
        return order.prefix(limit).map { words in
            let count = counts[words] ?? 1
            return "\(count) task\(count == 1 ? "" : "s") stopped: \(words)"
        }
    }
}
