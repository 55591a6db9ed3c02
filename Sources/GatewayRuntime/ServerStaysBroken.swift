/// The MCP server did not start for so long that this replica has drained and ends, for the platform to replace it.
struct ServerStaysBroken: Error, CustomStringConvertible {
    /// As `/health` says it.
    let reason: String

    var description: String {
        "This replica has drained and ends, to be replaced: \(reason) (--exit-when-unhealthy 0 would keep it)."
    }
}
