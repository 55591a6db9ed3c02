import TerraformDriver

/// What a region's work tells while it goes on.
struct RegionNews: Sendable, Equatable {
    let region: String
    let what: What

    enum What: Sendable, Equatable {
        /// What it does now, such as "planning", and of how many steps that is known to be.
        case phase(String, total: Int? = nil)
        case progress(TerraformProgress)
        /// A line worth keeping, such as an event of ECS.
        case note(String)
        /// Its last words, such as "31 to add".
        case ended(String)
    }
}
