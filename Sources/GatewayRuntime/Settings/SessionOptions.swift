import ArgumentParser

/// Flags that say how many sessions there may be, and what becomes of one whose replica is lost.
struct SessionOptions: ParsableArguments {
    @Option(
        help: "Server processes at a time (SLIPWAY_MAX_CHILDREN). Default: as many as there may be sessions"
    )
    var maxChildren: Int?

    @Option(
        help: """
            What a client gets that begins a session when there are too many: refuse (503), or oldest-idle, which \
            frees the one that nobody has used for longest (SLIPWAY_WHEN_FULL). Default: refuse
            """
    )
    var whenFull: String?

    @Option(
        help: """
            What becomes of a session whose replica is lost: resume it elsewhere, or expire, a 404 \
            (SLIPWAY_ON_OWNER_LOST). Default: resume
            """
    )
    var onOwnerLost: String?

    @Option(
        help: """
            Revisions to serve: both, or sessions, those up to 2025-11-25, for a server that keeps something in memory \
            between calls (SLIPWAY_ERAS). Default: both
            """
    )
    var eras: String?
}
