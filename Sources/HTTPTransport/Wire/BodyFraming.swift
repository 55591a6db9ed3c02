/// How a message's body ends (RFC 9112, 6.3).
package enum BodyFraming: Equatable, Sendable {
    case none
    case length(Int)
    case chunked
    /// With the connection; responses only.
    case untilClose
}
