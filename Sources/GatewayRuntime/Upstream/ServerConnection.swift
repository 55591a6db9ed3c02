import MCPWire
import NIOCore

/// A way to a stdio server: lines in; what comes back reaches a `ChildObserver`.
protocol ServerConnection: AnyObject {
    /// Writes one line, its break included.
    func send(_ line: ByteBuffer)
    /// Writes one message that was scanned already.
    func send(_ message: ScannedMessage)
    /// Gives the connection up; the observer hears nothing more.
    func stop()
    /// The server answered `initialize`, or whatever it is asked first: its start succeeded. May be said again.
    func answered()
    /// The server took too long to, and is about to be given up: its start failed.
    func failedToStart(_ reason: String)
}

extension ServerConnection {
    func answered() {}
    func failedToStart(_ reason: String) {}
    func send(_ message: ScannedMessage) { send(message.line) }
}
