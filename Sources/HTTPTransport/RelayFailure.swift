import NIOHTTP1

/// Why a relay brought its client no complete response.
package enum RelayFailure: Error, Equatable, Sendable {
    case call(HTTPCallFailure)
    /// The other server's response is not for the client; nothing of it was passed on.
    case declined(HTTPResponseHead)
}
