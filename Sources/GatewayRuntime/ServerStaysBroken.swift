/// The MCP server did not start for so long that this replica has drained and ends, for the platform to replace it.
struct ServerStaysBroken: Error, CustomStringConvertible {
    /// Completes "the MCP server does not start: …".
    let reason: String

    var description: String {
        "The MCP server does not start: \(reason). This replica has drained and ends, so that it is replaced "
            + "(--exit-when-unhealthy 0 would keep it)."
    }
}
