import FleetModel
import LocalFleet

extension LocalFleetFailure {
    /// The failure in words for the operator.
    var problem: Problem {
        switch self {
        case .portTaken(let port, let words):
            Problem(
                .unavailable,
                "port \(port) can't be listened on",
                detail: "The system says: \(words). No replica was left running.",
                hint: "choose another with: slipway up --port 0"
            )
        case .replicaKeepsEnding(let replica, let how):
            Problem(
                .refused,
                "\(replica) ends as soon as it starts (\(how))",
                detail: "It was started again several times; its log is above. Everything was stopped."
            )
        case .noGateway(let path, let words):
            Problem(.refused, at: .file(path), "the gateway could not be started", detail: words)
        case .engine(let what, let words):
            Problem(
                .refused,
                what,
                detail: "\(words)\nNothing was left running.",
                hint: "mend it, or run the same fleet as processes: slipway up"
            )
        }
    }
}
