import ArgumentParser

/// How sessions and server processes go together.
struct ChildrenOptions: ParsableArguments {
    @Option(
        help:
            "A server process for each session, or one for all: session or shared (SLIPWAY_CHILDREN). Default: session"
    )
    var children: String?

    @Option(
        help:
            "Processes at a time that serve modern requests for an older stdio server (SLIPWAY_WARM_CHILDREN). Default: 16"
    )
    var warmChildren: Int?
}
