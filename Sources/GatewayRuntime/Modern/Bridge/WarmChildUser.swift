import MCPWire

/// Whoever a warm process works for at the moment. After `serverEnded` or `notServed` nothing follows.
protocol WarmChildUser: AnyObject {
    /// The process is this user's until it gives it back or discards it.
    func served(by child: WarmChild)
    /// No process could be had in time.
    func notServed(_ refusal: Refusal)
    func serverSent(_ message: ScannedMessage)
    /// `reason` completes "the server stopped: …".
    func serverEnded(_ reason: String)
}
