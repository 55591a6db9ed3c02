/// What came of one look from outside.
struct ProbeCheck: Encodable, Equatable, Sendable {
    enum State: String, Encodable, Sendable {
        case good
        /// The other side answers well and does not have this.
        case notServed = "not served"
        /// It asks who is calling, and nobody said.
        case locked
        case wrong
        /// There was no reason to look.
        case notAsked = "not asked"
    }

    var state: State
    /// How long the exchange took, with a connection of its own.
    var milliseconds: Int?
    /// The other side's words, or what is the matter.
    var says: String?

    static let notAsked = ProbeCheck(state: .notAsked)

    /// As a cell of the table.
    var words: String {
        switch state {
        case .good: [says, milliseconds.map { "\($0) ms" }].compactMap { $0 }.joined(separator: ", ")
        case .notAsked: ""
        default: state.rawValue
        }
    }
}
