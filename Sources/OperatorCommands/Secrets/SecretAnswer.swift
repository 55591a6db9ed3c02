import FleetModel
import TerminalView

/// Which secrets have values, and why some could not be looked at.
struct SecretAnswer: RegionsAnswer {
    /// What the gateways' key is called here.
    static let fleetKey = "fleet key"

    enum State: String, Encodable, Sendable {
        case set
        case missing
        /// The secret holds something that is not a JSON object of texts.
        case unreadable = "not a JSON object"
        /// The fleet key's secret holds a binary value.
        case bytes = "not text"
        case wouldBeSet = "would be set"
    }

    struct Row: Encodable, Sendable {
        let region: String
        let key: String
        let state: State
    }

    let rows: [Row]
    let problems: [Problem]

    func text(ink: Ink) -> String {
        guard !rows.isEmpty else { return "" }
        var table = Table(["REGION", "KEY", "VALUE"])
        for row in rows { table.add([row.region, row.key, row.state.rawValue]) }
        return table.text(ink: ink)
    }

    var isGood: Bool { rows.allSatisfy { $0.state == .set || $0.state == .wouldBeSet } }
}
