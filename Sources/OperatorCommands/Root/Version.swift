/// The version `slipway --version` prints; CHANGELOG.md says what is in it.
package enum Version {
    package static let current = "0.1.0"
}
