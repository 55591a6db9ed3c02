/// A target that is not healthy, by the load balancer's word.
package struct TargetFact: Sendable, Equatable {
    package let id: String
    package let state: String
    /// Such as `Target.Timeout`.
    package let reason: String
    package let description: String

    package init(id: String, state: String, reason: String = "", description: String = "") {
        self.id = id
        self.state = state
        self.reason = reason
        self.description = description
    }

    package var told: String {
        "target \(id): " + [state, reason, description].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
