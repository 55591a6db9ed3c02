import FleetModel

/// What came of one act.
struct RehearsalRecord: Encodable, Sendable {
    enum State: String, Encodable, Sendable {
        case passed, failed, omitted, interrupted
    }

    let stage: RehearsalStage
    let title: String
    var state: State
    /// Seconds from the rehearsal's beginning.
    let began: Double
    /// In seconds.
    var lasted: Double
    /// What was seen, a sentence or a row each.
    var facts: [String] = []
    /// What went wrong.
    var problems: [Problem] = []
    /// What slipway said meanwhile, on both streams.
    var transcript = ""
    /// What clients met meanwhile.
    var traffic: [TrafficTally] = []
}
