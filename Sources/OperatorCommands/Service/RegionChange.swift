import AWSOperations

/// What a verb changed in one region.
struct RegionChange: Encodable, Sendable {
    enum State: String, Encodable, Sendable {
        case done
        /// It was begun, and nobody waited.
        case begun
        case wouldChange = "would change"
        case unchanged
        /// The region before it did not come up.
        case notBegun = "not begun"
    }

    let region: String
    var was = ""
    var now = ""
    /// The task definition, as `family:revision`.
    var revision: String?
    /// nil where nobody waited.
    var tasks: DeploymentProgress?
    var state: State
    /// What to know besides, in sentences.
    var notes: [String] = []
}
