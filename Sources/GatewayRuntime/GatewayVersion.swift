/// The gateway's version, the same as the package's.
package enum GatewayVersion {
    package static let current = "0.1.0"
}
