/// A task that runs.
package struct RunningTask: Sendable, Equatable {
    package let id: String
    /// Whether ECS Exec opens a shell in it, which is decided when it starts.
    package let allowsShell: Bool
}
