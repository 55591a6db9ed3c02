/// What a replica wants of the peer it passes a request to.
enum HopIntent: String {
    /// Serve it if you have the session.
    case find
    /// Serve it, and resume the session if you have to.
    case take
}
