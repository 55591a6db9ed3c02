import FleetModel

/// What a secret of AWS holds.
package enum HeldSecret: Sendable {
    /// No value was put in yet.
    case nothing
    case text(Secret)
    /// A binary value, which slipway never makes and never replaces.
    case bytes
}
