/// Why bytes are no HTTP/1.1 message. Nothing that follows them on the connection can be trusted.
package enum WireFault: Error, Equatable, Sendable {
    /// They break a rule of RFC 9112, or could be read in two ways.
    case malformed
    /// The head, or what surrounds the chunks of a body, exceeds the limits.
    case headTooLarge
    /// The body is in a transfer coding other than `chunked`.
    case unknownCoding
}
