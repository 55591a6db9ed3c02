import NIOCore

/// What one client can cost the server at most.
package struct HTTPServerLimits: Sendable {
    /// Open connections; the next one is closed at once.
    package var connections = 20_000
    /// Bytes of all bodies that are being collected at a time.
    package var collectedBodies = 128 * 1024 * 1024
    /// Bytes of all fields of a request's head; a session's id is up to some 9 KiB of them.
    package var headBytes = 64 * 1024
    /// Fields of a request's head.
    package var headFields = 128
    /// Time from a connection's start, or a head's first byte, to the head's end.
    package var requestHead: TimeAmount = .seconds(20)
    /// Time from a request's head to the end of its body.
    package var requestBody: TimeAmount = .seconds(60)
    /// Time a kept-alive connection may rest between requests. It must exceed the idle timeout of the balancer
    /// in front, or the balancer sends requests into connections that are being closed (502).
    package var keepAlive: TimeAmount = .minutes(65)
    /// Time a client may take nothing of the answers that are ready for it.
    package var unreadAnswer: TimeAmount = .seconds(60)

    package init() {}
}
