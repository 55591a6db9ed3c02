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
}

extension ServerConnection {
    func send(_ message: ScannedMessage) { send(message.line) }
}
