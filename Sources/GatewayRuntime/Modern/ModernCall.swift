import NIOCore

/// A modern request that is being served.
protocol ModernCall: AnyObject {
    /// Writes a comment on its stream where that was quiet for `interval`.
    func keepAlive(after interval: TimeAmount, now: NIODeadline)
}
