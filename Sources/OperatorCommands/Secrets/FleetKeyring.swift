import AWSOperations
import FleetModel

/// The keys in a fleet's secret: the first seals, all of them open (docs/gateway.md, `SLIPWAY_FLEET_KEY`).
struct FleetKeyring {
    /// How many earlier keys stay: where tasks were not started anew after a change, they still have an older one.
    private static let kept = 3

    private let keys: [Substring]

    /// nil where the secret holds something that is no text.
    init?(_ held: HeldSecret) {
        switch held {
        case .nothing: keys = []
        // Split as the gateway splits them.
        case .text(let text): keys = text.reveal().split { $0 == "," || $0.isWhitespace }
        case .bytes: return nil
        }
    }

    /// The value to put in when a new key shall seal.
    func led(by new: Secret) -> Secret {
        Secret(([new.reveal()[...]] + keys.prefix(Self.kept)).joined(separator: ","))
    }
}
