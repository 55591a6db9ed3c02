/// What became of a request, as the log and the metrics name it.
enum CallOutcome: String, CaseIterable {
    /// The server answered with a result; or there was nothing to answer.
    case succeeded = "ok"
    /// The server answered with a result that says `isError`.
    case toolError = "tool_error"
    /// The server answered with a JSON-RPC error.
    case error
    /// The gateway answered in the server's place: it did not start, stopped, took too long, or its replica is gone.
    case failed
    /// The gateway refused the request.
    case refused
    /// The client left before its answer was complete; a GET stream usually ends so.
    case left
    /// Another replica answered.
    case forwarded
    /// A peer asked for a session that is not here.
    case elsewhere
}
