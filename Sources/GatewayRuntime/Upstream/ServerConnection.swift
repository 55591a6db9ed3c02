import NIOCore

/// A way to a stdio server: lines in; what comes back reaches a `ChildObserver`.
protocol ServerConnection: AnyObject {
    /// Writes one line, its break included.
    func send(_ line: ByteBuffer)
    /// Gives the connection up; the observer hears nothing more.
    func stop()
}
