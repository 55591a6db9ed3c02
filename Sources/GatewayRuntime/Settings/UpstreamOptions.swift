import ArgumentParser

/// What the gateway stands in front of, where that speaks HTTP itself.
struct UpstreamOptions: ParsableArguments {
    @Option(
        help: """
            Address of an MCP server that speaks Streamable HTTP itself, http://127.0.0.1:9000/mcp \
            (SLIPWAY_UPSTREAM). With a command after -- the gateway starts that server, too
            """
    )
    var upstream: String?
}
