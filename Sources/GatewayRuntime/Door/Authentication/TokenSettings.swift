import HTTPTransport
import NIOCore

/// Whose access tokens let their holders in, and which of them.
package struct TokenSettings: Sendable {
    /// The issuer, letter by letter as tokens name it.
    var issuer: String
    /// Where the issuer's metadata is looked for when `keys` is `nil`.
    var issuerLocation: HTTPLocation
    /// Where the issuer publishes its keys; `nil`: its metadata says.
    var keys: HTTPLocation?
    /// A token is for one of these.
    var audiences: [String]
    var algorithms = Set(TokenAlgorithm.allCases)
    /// Every one of them is needed.
    var scopes: [String] = []
    /// How far the issuer's clock may be from this one, in seconds.
    var clockSkew: UInt64 = 30
    /// Whose certificates are believed when keys are fetched; `nil` where they come from this machine, unencrypted.
    var trust: ClientTrust?
    /// What clients are told about where to sign in.
    var resource: ProtectedResource
    var schedule = KeySchedule.Timing()

    var challenge: Challenge { Challenge(metadata: resource.url, scopes: scopes) }
}
