/// A task that ended, by ECS's word.
package struct EndedTask: Sendable, Equatable {
    package let id: String
    /// Such as `TaskFailedToStart` or `EssentialContainerExited`.
    package var stopCode = ""
    package var reason = ""
    package var containers: [Container] = []
    /// The end of what it wrote.
    package var lastLines: [String] = []

    package struct Container: Sendable, Equatable {
        package let name: String
        package let exitCode: Int?
        package let reason: String

        package init(name: String, exitCode: Int? = nil, reason: String = "") {
            self.name = name
            self.exitCode = exitCode
            self.reason = reason
        }
    }

    package init(id: String) {
        self.id = id
    }

    /// Every word about why, in one text.
    package var words: String { ([reason] + containers.map(\.reason)).filter { !$0.isEmpty }.joined(separator: "; ") }

    /// As evidence.
    package var told: String {
        let exits = containers.compactMap { container in
            container.exitCode.map { "\(container.name) ended with \($0)" }
        }
        return "task \(id.prefix(8)): " + ([stopCode, words] + exits).filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
