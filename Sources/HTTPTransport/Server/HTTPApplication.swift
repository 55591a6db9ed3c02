/// What answers the requests of an `HTTPServer`. Everything happens on the server's one event loop, so an
/// application needs no locks.
package protocol HTTPApplication: AnyObject {
    /// A request's head has arrived. The application answers now or later, through the exchange, and says there
    /// how it wants the body; until it says so, the body waits in the socket.
    func begin(_ exchange: HTTPExchange)
}
