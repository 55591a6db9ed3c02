import NIOCore

/// What one client can cost the server at most.
package struct HTTPServerLimits: Sendable {
    /// Open connections; the next one is closed at once.
    package var connections = 20_000
    /// Time a new connection has to send its first request's head.
    package var firstRequest: TimeAmount = .seconds(20)
    /// Time from a request's head to the end of its body.
    package var requestBody: TimeAmount = .seconds(60)
    /// Time a kept-alive connection may rest between requests. It must exceed the idle timeout of the balancer
    /// in front, or the balancer sends requests into connections that are being closed (502).
    package var keepAlive: TimeAmount = .minutes(65)

    package init() {}
}
