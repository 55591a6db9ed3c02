/// How a response came to its end.
package enum HTTPEnding: Equatable, Sendable {
    /// All of it was handed to the socket.
    case complete
    /// The server broke it off.
    case cut
    /// The client was gone first.
    case left
}

/// Hears of the end of an exchange, once, however it comes.
package protocol HTTPExchangeObserver: AnyObject {
    func ended(_ exchange: HTTPExchange, _ ending: HTTPEnding)
}
